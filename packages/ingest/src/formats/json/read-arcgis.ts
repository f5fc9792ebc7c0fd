import type { LngLat } from '@kickstand/domain'
import type { FeedItem, FeedItems, Geometry } from '#feed-row.ts'
import { geometryOf } from '#formats/geojson/geojson-geometry.ts'
import { fieldsOf, idOf, isFields, listOf, parseJson } from '#values.ts'
import type { JsonPiece } from './json-rows.ts'

/** Rows of a FeatureServer query in Esri JSON: attributes, and a geometry in the coordinate system of the response. */
export async function* readArcGis(pieces: AsyncIterable<JsonPiece>, idField: string | null): FeedItems {
  for await (const piece of pieces) yield 'end' in piece ? piece.end : featureItem(piece.row, idField)
}

function featureItem(row: { number: number; text: string }, idField: string | null): FeedItem {
  const where = `feature ${row.number}`
  const value = parseJson(row.text)
  if (!isFields(value) || !isFields(value['attributes'])) {
    return { type: 'rejected', row: { where, reason: 'is not an ArcGIS feature; expected "attributes"' } }
  }
  const fields = value['attributes']
  const id = idOf(idField === null ? undefined : fields[idField])
  return { type: 'row', row: { where, id, fields, geometry: esriGeometry(value['geometry']) } }
}

/** A point, several points, paths or rings. Clockwise rings are outlines; the others are holes in the one before. */
export function esriGeometry(value: unknown): Geometry | null {
  const { x, y, points, paths, rings } = fieldsOf(value)
  if (typeof x === 'number' && typeof y === 'number') return geometryOf({ type: 'Point', coordinates: [x, y] })
  if (points !== undefined) return geometryOf({ type: 'MultiPoint', coordinates: points })
  if (paths !== undefined) return geometryOf({ type: 'MultiLineString', coordinates: paths })
  const polygons: unknown[][] = []
  for (const ring of listOf(rings)) {
    const last = polygons.at(-1)
    if (last === undefined || isClockwise(listOf(ring))) polygons.push([ring])
    else last.push(ring)
  }
  if (polygons.length === 0) return null
  const [only] = polygons
  return geometryOf(
    polygons.length === 1 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: polygons },
  )
}

function isClockwise(ring: readonly unknown[]): boolean {
  const places = ring.map((place): LngLat => {
    const [x, y] = listOf(place)
    return [Number(x), Number(y)]
  })
  let twice = 0
  for (const [i, [x, y]] of places.entries()) {
    const [nextX, nextY] = places[(i + 1) % places.length] ?? [x, y]
    twice += (nextX - x) * (nextY + y)
  }
  return twice > 0
}

/** The coordinate reference system of a `spatialReference`: the newest EPSG code that it states. */
export function esriCrs(text: string | undefined): string | null {
  const { latestWkid, wkid } = fieldsOf(parseJson(text))
  const code = latestWkid ?? wkid
  // Esri's own codes for web Mercator.
  if (code === 102_100 || code === 102_113) return 'EPSG:3857'
  return typeof code === 'number' ? `EPSG:${code}` : null
}
