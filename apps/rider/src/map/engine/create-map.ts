import { AttributionControl, Map } from 'maplibre-gl'
import type { MapPadding, MapView } from '../map-types.ts'
import { mapStyle, type MapStyleOptions } from '../style/map-style.ts'
import { prefersReducedMotion } from './motion.ts'
import { useBundledWorker } from './worker.ts'

export type MapStart = {
  container: HTMLElement
  styleOptions: MapStyleOptions
  view: MapView
  padding: MapPadding
  title: string
}

/**
 * Creates the MapLibre map, with rotation and pitch disabled, because both are easily triggered by accident with
 * gloves. Throws if the browser has no WebGL 2.
 */
export function createMap({ container, styleOptions, view, padding, title }: MapStart): Map {
  useBundledWorker()
  const map = new Map({
    container,
    style: mapStyle(styleOptions),
    center: [view.lng, view.lat],
    zoom: view.zoom,
    minZoom: 1,
    maxZoom: 20,
    dragRotate: false,
    touchPitch: false,
    pitchWithRotate: false,
    attributionControl: false,
    // Zone tiles expire after seconds, and an open map must not refetch them all the time.
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
