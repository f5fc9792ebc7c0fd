import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { setWorkerUrl } from 'maplibre-gl'

/**
 * MapLibre looks for its worker beside its own file, where a bundler has not put it, and then shows an empty map without
 * an error. So the bundler is told to build the worker and MapLibre where it is. Call before the first map.
 */
export function useBundledWorker(): void {
  setWorkerUrl(workerUrl)
}
