import type { FeedItem, FeedItems, FeedRow } from '#feed-row.ts'
import type { JsonPiece } from '#formats/json/json-rows.ts'
import { salvageJson } from '#formats/json/salvage-json.ts'
import { type Fields, fieldsOf, idOf, isFields, parseJson } from '#values.ts'
import { geometryOf } from './geojson-geometry.ts'

/** Reads GeoJSON features, from a collection or line by line. `word` is what messages call a row: feature or line. */
export async function* readGeoJson(pieces: AsyncIterable<JsonPiece>, word: string): FeedItems {
  for await (const piece of pieces) {
    yield 'end' in piece ? piece.end : featureItem(piece.row.text, `${word} ${piece.row.number}`)
  }
}

function featureItem(text: string, where: string): FeedItem {
  const value = parseJson(text)
  if (!isFields(value)) {
    const remains = salvageJson(text)
    return {
      type: 'rejected',
      row: { where, reason: 'is not valid JSON; correct it in the file' },
      text,
      ...(remains === null ? {} : { remains: rowOf(remains, where) }),
    }
  }
  const row = rowOf(value, where)
  if (value['type'] !== 'Feature') {
    const reason = 'is not a GeoJSON Feature; expected "type": "Feature"'
    return { type: 'rejected', row: { where, reason }, remains: row, text }
  }
  if (row.geometry === null && !isEmptyGeometry(value['geometry'])) {
    const reason = 'its geometry is not well formed; expected a GeoJSON geometry'
    return { type: 'rejected', row: { where, reason }, remains: row, text }
  }
  return { type: 'row', row }
}

function rowOf(value: Fields, where: string): FeedRow {
  const fields = fieldsOf(value['properties'])
  return { where, id: idOf(value['id']), fields, geometry: geometryOf(value['geometry']) }
}

/** A missing geometry, or one without coordinates, is a gap in the data and not an error. */
function isEmptyGeometry(value: unknown): boolean {
  if (value === null || value === undefined) return true
  const { coordinates } = fieldsOf(value)
  return Array.isArray(coordinates) && coordinates.length === 0
}

/** The coordinate reference system in GeoJSON's old `crs` member; null for none. */
export function crsNamed(text: string | undefined): string | null {
  const properties = fieldsOf(fieldsOf(parseJson(text))['properties'])
  const named = properties['name'] ?? properties['code']
  return typeof named === 'string' ? named : typeof named === 'number' ? `EPSG:${named}` : null
}
