import type { LngLat, Outline } from '@kickstand/domain'
import type { Feature, FeatureCollection, Geometry } from 'geojson'
import type { GeoJSONFeatureDiff, GeoJSONSourceDiff } from 'maplibre-gl'
import type { MapRider, MapZone } from '../map-types.ts'
import { plateKey, plateOf, plateRank } from '../plates/plate.ts'
import { accuracyRing } from './accuracy-ring.ts'

/** A zone as a GeoJSON feature with the properties that the style uses. */
export function zoneFeature(zone: MapZone, selectedId: string | null): Feature {
  const plate = plateOf(zone.availability)
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [zone.lng, zone.lat] },
    properties: {
      id: zone.id,
      plate: plateKey(plate),
      mini: plateKey({ ...plate, text: '', chance: null }),
      // Stops of the plan are placed before all other zones.
      rank: zone.mark === undefined ? Math.round(plateRank(plate) * 100) / 100 : -1,
      mark: zone.mark ?? '',
      selected: zone.id === selectedId,
    },
  }
}

/** The outline of a zone, or null if it has none. */
export function outlineFeature(zone: MapZone, selectedId: string | null): Feature | null {
  if (zone.outline === null) return null
  return {
    type: 'Feature',
    geometry: geometryOf(zone.outline),
    properties: { id: zone.id, selected: zone.id === selectedId },
  }
}

/** Converts a readonly outline to the mutable types of GeoJSON. */
function geometryOf(outline: Outline): Geometry {
  const line = (points: readonly LngLat[]) => points.map(([lng, lat]) => [lng, lat])
  if (outline.type === 'LineString') return { type: outline.type, coordinates: line(outline.coordinates) }
  if (outline.type === 'Polygon') return { type: outline.type, coordinates: outline.coordinates.map(line) }
  return { type: outline.type, coordinates: outline.coordinates.map((polygon) => polygon.map(line)) }
}

/** The rider's position as a point and an accuracy ring. */
export function riderFeatures(rider: MapRider | null): FeatureCollection {
  if (rider === null) return { type: 'FeatureCollection', features: [] }
  const point: Geometry = { type: 'Point', coordinates: [rider.lng, rider.lat] }
  const ring: Geometry = { type: 'Polygon', coordinates: [accuracyRing(rider)] }
  return {
    type: 'FeatureCollection',
    features: [ring, point].map((geometry) => ({ type: 'Feature', geometry, properties: {} })),
  }
}

/**
 * The difference between two sets of features with `properties.id` in MapLibre's format; null if there is none.
 * MapLibre then lays out only the tiles with a changed feature.
 */
export function diffFeatures(
  before: ReadonlyMap<string, Feature>,
  after: ReadonlyMap<string, Feature>,
): GeoJSONSourceDiff | null {
  const add: Feature[] = []
  const update: GeoJSONFeatureDiff[] = []
  for (const [id, feature] of after) {
    const old = before.get(id)
    if (old === undefined) add.push(feature)
    else {
      const change = changeOf(id, old, feature)
      if (change) update.push(change)
    }
  }
  const remove = [...before.keys()].filter((id) => !after.has(id))
  return add.length + update.length + remove.length === 0 ? null : { add, update, remove }
}

function changeOf(id: string, old: Feature, feature: Feature): GeoJSONFeatureDiff | null {
  const moved = JSON.stringify(old.geometry) !== JSON.stringify(feature.geometry)
  const properties = Object.entries(feature.properties ?? {}).filter(([key, value]) => old.properties?.[key] !== value)
  if (!moved && properties.length === 0) return null
  return {
    id,
    ...(moved ? { newGeometry: feature.geometry } : {}),
    addOrUpdateProperties: properties.map(([key, value]) => ({ key, value })),
  }
}
