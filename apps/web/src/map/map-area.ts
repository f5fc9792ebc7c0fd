import type { MapArea } from './map-types.ts'

/** The longitude that names the same meridian in [-180, 180]. */
export function wrapLng(lng: number): number {
  if (lng >= -180 && lng <= 180) return lng
  return ((((lng + 180) % 360) + 360) % 360) - 180
}

/**
 * The engine counts longitudes on past 180° when the map is dragged round the world; an area of the API does not. More
 * than the whole world is the whole world.
 */
export function areaFromBounds(west: number, south: number, east: number, north: number): MapArea {
  const whole = east - west >= 360
  return {
    west: whole ? -180 : wrapLng(west),
    east: whole ? 180 : wrapLng(east),
    south: Math.max(-90, south),
    north: Math.min(90, north),
  }
}
