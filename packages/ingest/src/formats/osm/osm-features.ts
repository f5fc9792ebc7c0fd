import { clip } from '@kickstand/domain'
import type { FeedItem, FeedItems } from '#feed-row.ts'
import { geometryOf } from '#formats/geojson/geojson-geometry.ts'
import type { JsonPiece } from '#formats/json/json-rows.ts'
import { type Fields, fieldsOf, idOf, isFields, parseJson, textsOf } from '#values.ts'
import { isParking } from './osm-elements.ts'
import { newestVersions, versionOf } from './osm-versions.ts'

const TYPES = new Map([
  ['n', 'node'],
  ['w', 'way'],
  ['r', 'relation'],
  ['node', 'node'],
  ['way', 'way'],
  ['relation', 'relation'],
])
/** Properties that are not tags, as written by overpass turbo, osmtogeojson, osmium, QGIS, ogr2ogr. */
const NO_TAG =
  /^(?:@.*|id|osm_id|osm_type|osm_way_id|full_id|other_tags|tags|meta|relations|timestamp|changeset|uid|user|version)$/

/** The OSM id (`node/1`) of a GeoJSON feature that was made from OSM data; null for any other. */
export function osmIdOf(feature: Fields): string | null {
  const properties = fieldsOf(feature['properties'])
  const { id, osm_id: osmId, osm_type: osmType, osm_way_id: osmWay, full_id: fullId, other_tags: others } = properties
  for (const written of [feature['id'], properties['@id'], id, osmId]) {
    const found = typeof written === 'string' ? /^(node|way|relation)\/(\d+)$/.exec(written.trim()) : null
    if (found !== null) return found[0]
  }
  const typed = pair(properties['@type'], properties['@id']) ?? pair(osmType, osmId) ?? pair(properties['type'], id)
  if (typed !== null) return typed
  const full = typeof fullId === 'string' ? /^([nwr])(\d+)$/.exec(fullId) : null
  if (full !== null) return pair(full[1], full[2])
  if (typeof others !== 'string' && osmWay === undefined) return null
  const { type } = fieldsOf(feature['geometry'])
  return pair('way', osmWay) ?? pair(type === 'Point' ? 'node' : type === 'LineString' ? 'way' : 'relation', osmId)
}

function pair(type: unknown, id: unknown): string | null {
  const name = typeof type === 'string' ? TYPES.get(type) : undefined
  const number = idOf(id)
  return name !== undefined && number !== null && /^\d+$/.test(number) ? `${name}/${number}` : null
}

/**
 * Reads OSM objects from GeoJSON features with tags as properties. Objects that are not motorcycle parking are skipped.
 */
export async function* readOsmFeatures(pieces: () => AsyncIterable<JsonPiece>): FeedItems {
  const newest = await newestVersions(pieces, (feature) => {
    const id = osmIdOf(feature)
    const properties = fieldsOf(feature['properties'])
    const version = versionIn(properties)
    return id === null ? null : { id, version, isParking: isParking(tagsOf(properties)) }
  })
  for await (const piece of pieces()) {
    if ('end' in piece) yield piece.end
    else if (piece.row.text.includes('motorcycle')) {
      const item = itemOf(parseJson(piece.row.text), `feature ${piece.row.number}`, newest)
      if (item !== null) yield item
    }
  }
}

function itemOf(value: unknown, where: string, newest: ReadonlyMap<string, number>): FeedItem | null {
  if (!isFields(value)) return { type: 'rejected', row: { where, reason: 'is not valid JSON; correct it in the file' } }
  const tags = tagsOf(fieldsOf(value['properties']))
  if (!isParking(tags)) return null
  const id = osmIdOf(value)
  if (versionIn(fieldsOf(value['properties'])) < (newest.get(id ?? '') ?? 0)) return null
  const geometry = geometryOf(value['geometry'])
  return { type: 'row', row: { where: id ?? where, id, fields: tags, geometry } }
}

function versionIn(properties: Fields): number {
  return versionOf(properties['@version'] ?? fieldsOf(properties['meta'])['version'])
}

function tagsOf(properties: Fields): Record<string, string> {
  const own = Object.fromEntries(Object.entries(properties).filter(([key]) => !NO_TAG.test(key)))
  const { tags, other_tags: others } = properties
  return { ...(typeof others === 'string' ? hstoreOf(others) : {}), ...textsOf(own), ...textsOf(fieldsOf(tags)) }
}

/** `"fee"=>"no","capacity"=>"4"`, as ogr2ogr writes tags that have no column. */
function hstoreOf(text: string): Record<string, string> {
  const tags: Record<string, string> = {}
  for (const [, key = '', value = ''] of text.matchAll(/"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"/g)) {
    tags[clip(key, 255).replaceAll('\\', '')] = value.replaceAll(/\\(.)/g, '$1')
  }
  return tags
}
