import type { Geometry } from '#feed-row.ts'
import { geometryOf } from '#formats/geojson/geojson-geometry.ts'

const TYPES: Readonly<Record<string, string>> = {
  POINT: 'Point',
  MULTIPOINT: 'MultiPoint',
  LINESTRING: 'LineString',
  MULTILINESTRING: 'MultiLineString',
  POLYGON: 'Polygon',
  MULTIPOLYGON: 'MultiPolygon',
}

/** Parses well-known text, "POINT (-122.43 37.77)", as databases and Socrata write it; null for anything else. */
export function geometryOfWkt(text: string): Geometry | null {
  const match = /^\s*(?:SRID=\d+;)?\s*([A-Z]+)\s*(?:Z|M|ZM)?\s*(\(.*\))\s*$/is.exec(text)
  const type = TYPES[match?.[1]?.toUpperCase() ?? '']
  const body = match?.[2]
  if (type === undefined || body === undefined || !/^[\d\s(),.eE+-]+$/.test(body)) return null
  const nested = body
    .replaceAll('(', '[')
    .replaceAll(')', ']')
    .replaceAll(/[^[\],]+/g, (place) =>
      place.trim() === '' ? '' : `[${place.trim().split(/\s+/).map(Number).join(',')}]`,
    )
  try {
    const coordinates: unknown = JSON.parse(nested)
    const single = type === 'Point' && Array.isArray(coordinates)
    return geometryOf({ type, coordinates: single ? coordinates[0] : coordinates })
  } catch {
    return null
  }
}
