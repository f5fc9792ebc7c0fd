import type { LngLat } from '@kickstand/domain'
import { signedArea, toLngLat, type Point, type Ring } from './plane.ts'

/** The layers of the OpenMapTiles schema that the town uses. */
export const MAP_LAYERS = [
  'water',
  'waterway',
  'landcover',
  'landuse',
  'park',
  'mountain_peak',
  'transportation',
  'building',
  'water_name',
  'transportation_name',
  'place',
  'poi',
] as const
export type MapLayer = (typeof MAP_LAYERS)[number]

export type MapProperties = Readonly<Record<string, string | number>>

export type MapGeometry =
  | { readonly type: 'Point'; readonly coordinates: LngLat }
  | { readonly type: 'LineString'; readonly coordinates: readonly LngLat[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly LngLat[])[] }

/** A map feature in degrees, with its minimum zoom. */
export type MapFeature = {
  readonly layer: MapLayer
  readonly minZoom: number
  readonly geometry: MapGeometry
  readonly properties: MapProperties
}

export function pointFeature(layer: MapLayer, minZoom: number, at: Point, properties: MapProperties): MapFeature {
  return { layer, minZoom, geometry: { type: 'Point', coordinates: toLngLat(at) }, properties }
}

export function lineFeature(
  layer: MapLayer,
  minZoom: number,
  line: readonly Point[],
  properties: MapProperties,
): MapFeature {
  return { layer, minZoom, geometry: { type: 'LineString', coordinates: line.map(toLngLat) }, properties }
}

export function areaFeature(layer: MapLayer, minZoom: number, ring: Ring, properties: MapProperties): MapFeature {
  return { layer, minZoom, geometry: { type: 'Polygon', coordinates: [closedRing(ring)] }, properties }
}

/** Counter-clockwise and closed, as GeoJSON wants an outer ring. */
export function closedRing(ring: Ring): LngLat[] {
  const turned = signedArea(ring) < 0 ? ring.toReversed() : ring
  return [...turned, turned[0]].map(toLngLat)
}

/** The name, under both keys that styles use. */
export function named(name: string): { readonly name: string; readonly 'name:latin': string } {
  return { name, 'name:latin': name }
}
