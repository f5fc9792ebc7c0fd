import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { setWorkerUrl } from 'maplibre-gl'

/**
 * Tells MapLibre the URL of the bundled worker. By default it looks beside its own file, where the bundler does not put
 * the worker, and shows an empty map without an error. Call before the first map.
 */
export function useBundledWorker(): void {
  setWorkerUrl(workerUrl)
}
