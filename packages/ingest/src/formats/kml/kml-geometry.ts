import type { LngLat } from '@kickstand/domain'
import type { Geometry } from '#feed-row.ts'

/** The geometries read so far of one placemark. */
export type KmlShapes = {
  readonly points: LngLat[][]
  readonly lines: LngLat[][]
  /** Each polygon's rings, the outer one first. */
  readonly polygons: LngLat[][][]
}

/** Parses KML coordinates, "lng,lat[,height] lng,lat …"; null where a part is not a position. */
export function kmlCoordinates(text: string): LngLat[] | null {
  const places: LngLat[] = []
  for (const part of text.trim().split(/\s+/)) {
    const [lng, lat, ...more] = part.split(',').map((figure) => (figure === '' ? Number.NaN : Number(figure)))
    if (lng === undefined || lat === undefined || more.length > 1) return null
    if (!Number.isFinite(lng) || !Number.isFinite(lat)) return null
    places.push([lng, lat])
  }
  return places
}

/** One geometry of all: areas before lines before points, since a larger one is more informative. */
export function kmlGeometry({ points, lines, polygons }: KmlShapes): Geometry | null {
  const areas = polygons.filter((rings) => (rings[0]?.length ?? 0) >= 4)
  const [area] = areas
  if (area !== undefined) {
    return areas.length === 1 ? { type: 'Polygon', coordinates: area } : { type: 'MultiPolygon', coordinates: areas }
  }
  const line = lines.filter((one) => one.length >= 2).toSorted((a, b) => b.length - a.length)[0]
  if (line !== undefined) return { type: 'LineString', coordinates: line }
  const at = points[0]?.[0]
  return at === undefined ? null : { type: 'Point', coordinates: at }
}
