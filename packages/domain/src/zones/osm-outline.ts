import { contains } from './point-inside.ts'
import type { LngLat, Outline } from './zone.ts'

/** A way of a relation with its role; `line` has the nodes that are in the file. */
export type OsmMember = { readonly role: string; readonly line: readonly LngLat[] }

/**
 * The shape of a way: an area if it is closed, else a line. Null for fewer than two nodes.
 */
export function outlineOfWay(line: readonly LngLat[]): Outline | null {
  if (line.length < 2) return null
  return isRing(line) ? { type: 'Polygon', coordinates: [line] } : { type: 'LineString', coordinates: line }
}

/**
 * The areas of a multipolygon relation: its ways are joined end to end into rings, and inner rings are assigned to the outer ring
 * that contains them. Null where the ways do not close, as at the edge of an extract. Joins by position, not by node id, so that
 * every format of the same data gives the same outline.
 */
export function outlineOfRelation(members: readonly OsmMember[]): Outline | null {
  const outer = joinRings(members.filter((member) => member.role !== 'inner').map((member) => member.line))
  const inner = joinRings(members.filter((member) => member.role === 'inner').map((member) => member.line))
  if (outer === null || outer.length === 0 || inner === null) return null
  const polygons = outer.map((ring) => [ring])
  for (const hole of inner) {
    const at = hole[0]
    const container =
      at === undefined ? undefined : polygons.find(([ring]) => ring !== undefined && contains([ring], at[0], at[1]))
    container?.push(hole)
  }
  const [first] = polygons
  return polygons.length === 1 && first !== undefined
    ? { type: 'Polygon', coordinates: first }
    : { type: 'MultiPolygon', coordinates: polygons }
}

function isRing(line: readonly LngLat[]): boolean {
  return line.length >= 4 && same(line[0], line.at(-1))
}

function same(a: LngLat | undefined, b: LngLat | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1]
}

/** Rings in the order of their first way; null where an end has no neighbour. */
function joinRings(lines: readonly (readonly LngLat[])[]): LngLat[][] | null {
  const open = lines.filter((line) => line.length >= 2)
  const rings: LngLat[][] = []
  while (open.length > 0) {
    const ring = [...(open.shift() ?? [])]
    while (!same(ring[0], ring.at(-1))) {
      const next = open.findIndex((line) => same(line[0], ring.at(-1)) || same(line.at(-1), ring.at(-1)))
      const [line] = next < 0 ? [] : open.splice(next, 1)
      if (line === undefined) return null
      ring.push(...(same(line[0], ring.at(-1)) ? line : line.toReversed()).slice(1))
    }
    if (ring.length < 4) return null
    rings.push(ring)
  }
  return rings
}
