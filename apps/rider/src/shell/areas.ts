import type { Area, Point } from '#api/client.ts'
import type { View } from './view.ts'

/** Below this zoom level a screen has too many zones to draw one by one. */
export const ZONES_FROM_ZOOM = 12

const METRES_PER_DEGREE = 111_320

/**
 * The area extended to a grid that depends on the zoom, so that small moves request the same area and hit the cache.
 * Null if the zoom is too low for single zones.
 */
export function areaToLoad(area: Area, zoom: number): Area | null {
  if (zoom < ZONES_FROM_ZOOM) return null
  const step = 360 / 2 ** Math.min(16, Math.floor(zoom))
  const down = (value: number) => Math.floor(value / step) * step
  const up = (value: number) => Math.ceil(value / step) * step
  const clean = (value: number, limit: number) => Number(Math.max(-limit, Math.min(limit, value)).toFixed(6))
  return {
    west: clean(down(area.west), 180),
    south: clean(down(area.south), 90),
    east: clean(up(area.east), 180),
    north: clean(up(area.north), 90),
  }
}

/** The area that extends `metres` from a point in each direction. */
export function areaAround(point: Point, metres: number): Area {
  const dLat = metres / METRES_PER_DEGREE
  const dLng = Math.min(180, dLat / Math.max(0.01, Math.cos((point.lat * Math.PI) / 180)))
  const wrap = (lng: number) => (lng < -180 ? lng + 360 : lng > 180 ? lng - 360 : lng)
  return {
    west: wrap(point.lng - dLng),
    south: Math.max(-90, point.lat - dLat),
    east: wrap(point.lng + dLng),
    north: Math.min(90, point.lat + dLat),
  }
}

/** The centre of the list: rounded to about five metres, so that tiny map moves cause no new request. */
export function listCentre(view: Pick<View, 'lat' | 'lng'>): Point {
  const round = (value: number) => Math.round(value * 20_000) / 20_000
  return { lat: round(view.lat), lng: round(view.lng) }
}
