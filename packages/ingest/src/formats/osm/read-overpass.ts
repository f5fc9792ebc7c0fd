import { type LngLat, type OsmMember, outlineOfRelation, outlineOfWay } from '@kickstand/domain'
import { truncatedEnd, type FeedItem, type FeedItems, type Geometry } from '#feed-row.ts'
import type { JsonPiece } from '#formats/json/json-rows.ts'
import type { JsonRow } from '#formats/json/json-scanner.ts'
import { salvageJson } from '#formats/json/salvage-json.ts'
import { fieldsOf, type Fields, isFields, listOf, parseJson, textsOf } from '#values.ts'
import { elementItems, isParking, type OsmElement, osmPlace } from './osm-elements.ts'
import { newestVersions, versionOf } from './osm-versions.ts'

const REMEDY = 'ask Overpass with "out geom;", or with "out body; >; out skel qt;"'

/**
 * Reads Overpass JSON: elements with their geometry (`out geom`), with a centre (`out center`), or with their nodes and
 * ways elsewhere in the file (`out body; >; out skel`), which takes further passes. `pieces` starts a new pass.
 * `remark` is Overpass's message; after an error or a timeout the file is not complete.
 */
export async function* readOverpass(pieces: () => AsyncIterable<JsonPiece>, remark: string | null): FeedItems {
  const newest = await newestVersions(pieces, (value) => {
    const element = elementOf(value)
    if (element === null) return null
    return { id: idOf(element), version: element.version, isParking: isParking(element.tags) }
  })
  const waiting: OsmElement[] = []
  let end: FeedItem | null = null
  for await (const piece of pieces()) {
    if ('end' in piece) {
      end = piece.end
      continue
    }
    if (!piece.row.text.includes('motorcycle')) continue
    const value = parseJson(piece.row.text)
    if (!isFields(value)) {
      yield rejected(piece.row)
      continue
    }
    const element = elementOf(value)
    if (element === null || !isParking(element.tags)) continue
    const geometry = geometryInside(element, value)
    const where = idOf(element)
    if (element.version < (newest.get(where) ?? 0)) continue
    if (geometry !== null) yield { type: 'row', row: { where, id: where, fields: element.tags, geometry } }
    else waiting.push(element)
  }
  if (waiting.length > 0) yield* fromElsewhere(waiting, pieces)
  const gaveUp = remark !== null && /error|timed out|timeout/i.test(remark)
  if (gaveUp) yield truncatedEnd(`Overpass gave up on the query: "${remark.slice(0, 200)}". Query a smaller area.`)
  else if (end !== null) yield end
}

function idOf({ type, id }: OsmElement): string {
  return `${type}/${id}`
}

function rejected({ number, text }: JsonRow): FeedItem {
  const { type, id } = salvageJson(text) ?? {}
  const ref = typeof type === 'string' && typeof id === 'number' ? { ref: `${type}/${id}` } : {}
  const row = { where: `element ${number}`, reason: 'is not valid JSON; correct it in the file' }
  return { type: 'rejected', row, text, ...ref }
}

function elementOf(value: Fields): OsmElement | null {
  const { type, id } = value
  if (type !== 'node' && type !== 'way' && type !== 'relation') return null
  if (typeof id !== 'number') return null
  return {
    type,
    id,
    version: versionOf(value['version']),
    tags: textsOf(fieldsOf(value['tags'])),
    at: placeOf(value) ?? placeOf(value['center']),
    nodes: listOf(value['nodes']).filter((node) => typeof node === 'number'),
    members: listOf(value['members']).flatMap((member) => {
      const { type: kind, ref, role } = fieldsOf(member)
      return kind === 'way' && typeof ref === 'number' ? [{ way: ref, role: typeof role === 'string' ? role : '' }] : []
    }),
  }
}

function placeOf(value: unknown): LngLat | null {
  const { lat, lon } = fieldsOf(value)
  return typeof lat === 'number' && typeof lon === 'number' ? osmPlace(lon, lat) : null
}

function lineOf(value: unknown): LngLat[] | null {
  const places = listOf(value).map(placeOf)
  const known = places.filter((place) => place !== null)
  return known.length === 0 || known.length < places.length ? null : known
}

function geometryInside(element: OsmElement, value: Fields): Geometry | null {
  if (element.type === 'way') {
    const line = lineOf(value['geometry'])
    if (line !== null) return outlineOfWay(line)
  } else if (element.type === 'relation') {
    const members = listOf(value['members']).flatMap((member): OsmMember[] => {
      const { type, role, geometry } = fieldsOf(member)
      return type === 'way' ? [{ role: typeof role === 'string' ? role : '', line: lineOf(geometry) ?? [] }] : []
    })
    const drawn = members.length > 0 && members.every((member) => member.line.length > 0)
    const outline = drawn ? outlineOfRelation(members) : null
    if (outline !== null) return outline
  }
  const elsewhere = element.nodes.length > 0 || element.members.length > 0
  return element.at === null || (elsewhere && element.type !== 'node' && value['center'] === undefined)
    ? null
    : { type: 'Point', coordinates: element.at }
}

async function* fromElsewhere(elements: readonly OsmElement[], pieces: () => AsyncIterable<JsonPiece>): FeedItems {
  const wantedWays = new Set(elements.flatMap((element) => element.members.map((member) => member.way)))
  const ways = new Map<number, readonly number[]>()
  const versions = { way: new Map<number, number>(), node: new Map<number, number>() }
  if (wantedWays.size > 0) {
    for await (const element of elementsOf(pieces())) {
      if (element.type !== 'way' || !wantedWays.has(element.id)) continue
      if (isNewest(versions.way, element)) ways.set(element.id, element.nodes)
    }
  }
  const wanted = new Set(elements.flatMap((element) => element.nodes))
  for (const nodes of ways.values()) for (const node of nodes) wanted.add(node)
  const nodes = new Map<number, LngLat>()
  for await (const element of elementsOf(pieces())) {
    if (element.type !== 'node' || element.at === null || !wanted.has(element.id)) continue
    if (isNewest(versions.node, element)) nodes.set(element.id, element.at)
  }
  for (const element of elements) yield* elementItems(element, { nodes, ways }, REMEDY)
}

/** Whether a version is newer than those seen so far; records it. */
function isNewest(seen: Map<number, number>, { id, version }: OsmElement): boolean {
  const before = seen.get(id)
  if (before !== undefined && version <= before) return false
  seen.set(id, version)
  return true
}

async function* elementsOf(pieces: AsyncIterable<JsonPiece>): AsyncGenerator<OsmElement, void, undefined> {
  for await (const piece of pieces) {
    const value = 'row' in piece ? parseJson(piece.row.text) : null
    const element = isFields(value) ? elementOf(value) : null
    if (element !== null) yield element
  }
}
