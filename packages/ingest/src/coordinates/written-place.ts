import type { Geometry } from '#feed-row.ts'
import { geometryOf } from '#formats/geojson/geojson-geometry.ts'
import { type Fields, isFields, parseJson } from '#values.ts'
import { geometryOfWkt } from './wkt.ts'

/** Parses a geometry written as text: well-known text, GeoJSON in a string, or Opendatasoft's "lat, lng". */
export function geometryOfText(text: string): Geometry | null {
  const pair = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text)
  if (pair) return geometryOf({ type: 'Point', coordinates: [Number(pair[2]), Number(pair[1])] })
  return text.trimStart().startsWith('{') ? geometryOf(featureless(parseJson(text))) : geometryOfWkt(text)
}

/**
 * The GeoJSON geometry of an object: of Opendatasoft's `{ lat, lon }`, Socrata's `{ latitude, longitude }`, or a
 * feature.
 */
export function pointOf(value: unknown): Fields | null {
  if (!isFields(value)) return null
  if (value['type'] === 'Feature') return isFields(value['geometry']) ? value['geometry'] : null
  const lat = Number(value['lat'] ?? value['latitude'] ?? Number.NaN)
  const lng = Number(value['lon'] ?? value['lng'] ?? value['longitude'] ?? Number.NaN)
  return Number.isFinite(lat) && Number.isFinite(lng) ? { type: 'Point', coordinates: [lng, lat] } : null
}

function featureless(value: unknown): unknown {
  return pointOf(value) ?? value
}
