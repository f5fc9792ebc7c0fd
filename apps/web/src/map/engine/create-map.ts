import { AttributionControl, Map } from 'maplibre-gl'
import type { MapPadding, MapView } from '../map-types.ts'
import { mapStyle, type MapLook } from '../style/map-style.ts'
import { prefersReducedMotion } from './motion.ts'
import { useBundledWorker } from './worker.ts'

export type MapStart = { container: HTMLElement; look: MapLook; view: MapView; padding: MapPadding; title: string }

/**
 * The engine's map in its container, north up and flat: a rider who turned it by accident has no hand free to turn it back.
 * Throws where the browser has no WebGL 2.
 */
export function createMap({ container, look, view, padding, title }: MapStart): Map {
  useBundledWorker()
  const map = new Map({
    container,
    style: mapStyle(look),
    center: [view.lng, view.lat],
    zoom: view.zoom,
    minZoom: 1,
    maxZoom: 20,
    dragRotate: false,
    touchPitch: false,
    pitchWithRotate: false,
    attributionControl: false,
    // Zone tiles live for seconds in caches; a map left open must not ask for them again and again.
    refreshExpiredTiles: false,
    fadeDuration: prefersReducedMotion() ? 0 : 200,
    locale: { 'Map.Title': title },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.addControl(new AttributionControl({ compact: false }), 'bottom-right')
  map.setPadding({ top: 0, right: 0, ...padding })
  return map
}
