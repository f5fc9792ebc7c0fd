import type { Area, Point } from '../api/client.ts'
import type { View } from './view.ts'

/** Below this the zones of a screen are too many to draw one by one. */
export const ZONES_FROM_ZOOM = 12

const METRES_PER_DEGREE = 111_320

/**
 * The area widened to a grid as coarse as the zoom, so that small moves ask for the same thing again (and find it in the
 * cache). Null where the zoom is too low for single zones.
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

/** The area around a point that reaches `metres` to each side: what stays live where no map says what is in sight. */
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

/** The point a list is asked for: rounded to about five metres, so that a trembling map asks once. */
export function listCentre(view: Pick<View, 'lat' | 'lng'>): Point {
  const round = (value: number) => Math.round(value * 20_000) / 20_000
  return { lat: round(view.lat), lng: round(view.lng) }
}
