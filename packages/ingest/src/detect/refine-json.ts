import type { FeedFile } from '#files/feed-file.ts'
import type { Encoding } from '#files/text-encoding.ts'
import type { JsonFile } from '#formats/json/json-survey.ts'
import { osmIdOf } from '#formats/osm/osm-features.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import { type Fields, isFields } from '#values.ts'
import { firstRecords } from './recognise-json.ts'

/**
 * Refines the format of a JSON file by its first records: detects bare lists of GeoJSON features or OSM elements, and
 * GeoJSON made from OSM data. With a profile that maps fields, such GeoJSON is read as plain GeoJSON.
 */
export async function refineKind(
  file: FeedFile,
  encoding: Encoding,
  json: JsonFile,
  profile: Profile | null,
): Promise<JsonFile> {
  if (json.kind !== 'json-rows' && json.kind !== 'geojson') return json
  const records = await firstRecords(file, encoding, json.rowsPath)
  if (records.length === 0) return json
  const readsOsm = profile === null || profile.mapping === 'osm'
  if (records.every(isFeature)) {
    const isOsm = readsOsm && records.every((record) => osmIdOf(record) !== null)
    return { ...json, kind: isOsm ? 'osm-features' : 'geojson' }
  }
  return readsOsm && records.every(isOsmElement) ? { ...json, kind: 'overpass' } : json
}

function isFeature({ type, properties, geometry }: Fields): boolean {
  return type === 'Feature' && (isFields(properties) || isFields(geometry))
}

function isOsmElement({ type, id, tags, lat, nodes, members }: Fields): boolean {
  const hasBody = tags !== undefined || lat !== undefined || nodes !== undefined || members !== undefined
  return (type === 'node' || type === 'way' || type === 'relation') && Number.isSafeInteger(id) && hasBody
}
