import type { Area } from '@kickstand/domain'
import type { FeedItems, Geometry } from '#feed-row.ts'

/** Margin in degrees around the objects of an extract, about a kilometre. */
const MARGIN = 0.01

/**
 * Takes the area of its objects as the coverage of an OSM file that states none. Otherwise an extract of one city would
 * make all other zones of its source look absent.
 */
export async function* withCoverage(items: FeedItems): FeedItems {
  let seen: Area | null = null
  for await (const item of items) {
    if (item.type === 'row') seen = around(seen, item.row.geometry)
    yield item.type === 'end' && item.coverage === null && seen !== null ? { ...item, coverage: widened(seen) } : item
  }
}

function around(area: Area | null, geometry: Geometry | null): Area | null {
  const at = geometry === null ? undefined : firstPlace(geometry)
  if (at === undefined) return area
  const [lng, lat] = at
  if (area === null) return { west: lng, east: lng, south: lat, north: lat }
  return {
    west: Math.min(area.west, lng),
    east: Math.max(area.east, lng),
    south: Math.min(area.south, lat),
    north: Math.max(area.north, lat),
  }
}

function firstPlace(geometry: Geometry) {
  switch (geometry.type) {
    case 'Point':
      return geometry.coordinates
    case 'LineString':
      return geometry.coordinates[0]
    case 'Polygon':
      return geometry.coordinates[0]?.[0]
    default:
      return geometry.coordinates[0]?.[0]?.[0]
  }
}

function widened({ west, south, east, north }: Area): Area {
  return {
    west: Math.max(-180, west - MARGIN),
    south: Math.max(-90, south - MARGIN),
    east: Math.min(180, east + MARGIN),
    north: Math.min(90, north + MARGIN),
  }
}
