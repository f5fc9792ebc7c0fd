import type { LngLat } from '@kickstand/domain'
import type { Geometry } from '#feed-row.ts'
import { fieldsOf, listOf } from '#values.ts'

/**
 * Parses a GeoJSON geometry, without heights; null for none, an empty one or a malformed one. Several points count as
 * the first, several lines as the one with most vertices, a collection as its first geometry.
 */
export function geometryOf(value: unknown): Geometry | null {
  const { type, coordinates, geometries } = fieldsOf(value)
  switch (type) {
    case 'Point':
      return pointOf(coordinates)
    case 'MultiPoint':
      return pointOf(listOf(coordinates)[0])
    case 'LineString':
      return lineShape(lineOf(coordinates))
    case 'MultiLineString': {
      const lines = listOf(coordinates).map((line) => lineOf(line) ?? [])
      return lineShape(lines.toSorted((a, b) => b.length - a.length)[0] ?? null)
    }
    case 'Polygon': {
      const rings = ringsOf(coordinates)
      return rings === null ? null : { type: 'Polygon', coordinates: rings }
    }
    case 'MultiPolygon': {
      const polygons = listOf(coordinates).map(ringsOf)
      const whole = polygons.filter((polygon) => polygon !== null)
      return whole.length === 0 || whole.length < polygons.length ? null : { type: 'MultiPolygon', coordinates: whole }
    }
    case 'GeometryCollection':
      return (
        listOf(geometries)
          .map(geometryOf)
          .find((geometry) => geometry !== null) ?? null
      )
    default:
      return null
  }
}

function pointOf(value: unknown): Geometry | null {
  const at = placeOf(value)
  return at === null ? null : { type: 'Point', coordinates: at }
}

function lineShape(line: LngLat[] | null): Geometry | null {
  return line === null || line.length < 2 ? null : { type: 'LineString', coordinates: line }
}

function placeOf(value: unknown): LngLat | null {
  const [x, y] = listOf(value)
  return typeof x === 'number' && typeof y === 'number' && Number.isFinite(x) && Number.isFinite(y) ? [x, y] : null
}

function lineOf(value: unknown): LngLat[] | null {
  const places = listOf(value).map(placeOf)
  const good = places.filter((place) => place !== null)
  return good.length === 0 || good.length < places.length ? null : good
}

function ringsOf(value: unknown): LngLat[][] | null {
  const rings = listOf(value).map(lineOf)
  const good = rings.filter((ring) => ring !== null && ring.length >= 4).filter((ring) => ring !== null)
  return good.length === 0 || good.length < rings.length ? null : good
}
