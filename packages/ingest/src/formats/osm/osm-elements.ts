import {
  type LngLat,
  motorcycleParking,
  type OsmMember,
  type Outline,
  outlineOfRelation,
  outlineOfWay,
  roundDegrees,
} from '@kickstand/domain'
import type { FeedItem, Geometry } from '#feed-row.ts'

/** An OSM node, way or relation that is motorcycle parking, before its geometry is assembled. */
export type OsmElement = {
  readonly type: 'node' | 'way' | 'relation'
  readonly id: number
  /** 0 where the file does not state it. */
  readonly version: number
  readonly tags: Readonly<Record<string, string>>
  readonly at: LngLat | null
  readonly nodes: readonly number[]
  readonly members: readonly { readonly way: number; readonly role: string }[]
}

/** The geometry that the file contains: positions of nodes, nodes of ways. */
export type OsmGround = {
  readonly nodes: ReadonlyMap<number, LngLat>
  readonly ways: ReadonlyMap<number, readonly number[]>
}

export function isParking(tags: Readonly<Record<string, string>>): boolean {
  return motorcycleParking(tags) !== null
}

/** A position at OSM's own resolution, so that every format of the same data gives the same numbers. */
export function osmPlace(lng: number, lat: number): LngLat {
  return [roundDegrees(lng), roundDegrees(lat)]
}

/**
 * Converts an element to a row. It has no outline where the file lacks some of its nodes, as at the edge of an extract.
 * `remedy`: how to make a file of this format with all nodes.
 */
export function elementItems(element: OsmElement, ground: OsmGround, remedy: string): FeedItem[] {
  const where = `${element.type}/${element.id}`
  const whole = shapeOf(element, ground)
  const geometry = whole ?? somePlace(element, ground)
  if (geometry === null) {
    const reason = `its nodes are not in the file; ${remedy}`
    return [{ type: 'rejected', row: { where, reason }, ref: where }]
  }
  const row: FeedItem = { type: 'row', row: { where, id: where, fields: element.tags, geometry } }
  if (whole !== null) return [row]
  const reason = 'a part of its outline is not in the file; only a point is kept'
  return [{ type: 'warning', row: { where, reason } }, row]
}

function shapeOf(element: OsmElement, ground: OsmGround): Geometry | null {
  if (element.type === 'node') return element.at === null ? null : { type: 'Point', coordinates: element.at }
  if (element.type === 'way') return wayShape(element.nodes, ground)
  const members: OsmMember[] = []
  for (const { way, role } of element.members) {
    const line = lineOf(ground.ways.get(way) ?? [], ground)
    if (line === null) return null
    members.push({ role, line })
  }
  return outlineOfRelation(members)
}

function wayShape(nodes: readonly number[], ground: OsmGround): Outline | null {
  const line = lineOf(nodes, ground)
  return line === null ? null : outlineOfWay(line)
}

function lineOf(nodes: readonly number[], ground: OsmGround): LngLat[] | null {
  const places = nodes.map((node) => ground.nodes.get(node)).filter((place) => place !== undefined)
  return places.length === 0 || places.length < nodes.length ? null : places
}

/** Any position of the element that is in the file. */
function somePlace(element: OsmElement, ground: OsmGround): Geometry | null {
  if (element.at !== null) return { type: 'Point', coordinates: element.at }
  const nodes =
    element.type === 'way' ? element.nodes : element.members.flatMap(({ way }) => ground.ways.get(way) ?? [])
  const at = nodes.map((node) => ground.nodes.get(node)).find((place) => place !== undefined)
  return at === undefined ? null : { type: 'Point', coordinates: at }
}
