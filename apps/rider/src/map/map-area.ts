import type { MapArea } from './map-types.ts'

/** Wraps a longitude to [-180, 180]. */
export function wrapLng(lng: number): number {
  if (lng >= -180 && lng <= 180) return lng
  return ((((lng + 180) % 360) + 360) % 360) - 180
}

/**
 * Converts MapLibre's bounds to an area of the API. MapLibre's longitudes exceed 180° when the map is dragged around
 * the world. An area larger than the world becomes the world.
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
