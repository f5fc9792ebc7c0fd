import type { Area, LngLat } from '@kickstand/domain'
import { truncatedEnd, type FeedItem, type FeedItems } from '#feed-row.ts'
import type { FeedFile } from '#files/feed-file.ts'
import { elementItems, isParking, type OsmElement, osmPlace } from '#formats/osm/osm-elements.ts'
import { messageOf } from '#values.ts'
import { pbfBlobs } from './pbf-blobs.ts'
import { readBounds, visitBlock, type PbfVisitor } from './pbf-block.ts'
import { type IdRanges, idRanges } from './pbf-ids.ts'
import { newestOnly } from './pbf-newest.ts'
import { revisitBlocks } from './revisit-blocks.ts'

/**
 * Reads motorcycle parking from an OSM PBF extract. Ways reference nodes and relations reference ways by id, so the
 * file is read up to four times: for objects with the right tags; for newer versions of them; for the ways of their
 * relations; for the positions of the nodes of both. Only those are held, so a planet file needs no more memory than
 * its motorcycle parking. Each pass unpacks only the blocks with its kind of object.
 */
export async function* readOsmPbf(file: FeedFile): FeedItems {
  const found: OsmElement[] = []
  const ranges = new Map<number, IdRanges>()
  const blocks = { nodes: new Set<number>(), ways: new Set<number>() }
  let coverage: Area | null = null
  let fault: string | null = null
  try {
    for await (const blob of pbfBlobs(file.bytes())) {
      if (blob.kind === 'OSMHeader') coverage = readBounds(blob.data)
      else {
        const has = visitBlock(blob.data, parkingCollector(found), mayHoldParking)
        ranges.set(blob.number, idRanges(blob.data))
        if (has.nodes) blocks.nodes.add(blob.number)
        if (has.ways) blocks.ways.add(blob.number)
      }
    }
  } catch (error) {
    fault = messageOf(error)
  }

  const elements = await newestOnly(file, found, ranges)
  const ground = { nodes: new Map<number, LngLat>(), ways: new Map<number, readonly number[]>() }
  const versions = { nodes: new Map<number, number>(), ways: new Map<number, number>() }
  const wantedWays = new Set(elements.flatMap((element) => element.members.map((member) => member.way)))
  if (wantedWays.size > 0) {
    await revisitBlocks(file, blocks.ways, {
      way(id, refs, _tags, version) {
        if (wantedWays.has(id) && isNewest(versions.ways, id, version)) ground.ways.set(id, refs())
      },
    })
  }
  const wantedNodes = new Set(elements.flatMap((element) => element.nodes))
  for (const refs of ground.ways.values()) for (const ref of refs) wantedNodes.add(ref)
  if (wantedNodes.size > 0) {
    await revisitBlocks(file, blocks.nodes, {
      everyNode: true,
      node(id, lng, lat, _tags, version) {
        if (wantedNodes.has(id) && isNewest(versions.nodes, id, version)) ground.nodes.set(id, osmPlace(lng, lat))
      },
    })
  }
  for (const element of elements)
    yield* elementItems(element, ground, 'extract with complete ways (osmium extract -s complete_ways)')
  yield fault === null ? whole(coverage) : truncatedEnd(`The OSM file is incomplete: ${fault}.`)
}

function whole(coverage: Area | null): FeedItem {
  return { type: 'end', complete: true, note: null, coverage }
}

/** Whether this version is newer than those seen so far; records it. Files without versions record nothing. */
function isNewest(seen: Map<number, number>, id: number, version: number): boolean {
  if (version === 0) return true
  if (version <= (seen.get(id) ?? 0)) return false
  seen.set(id, version)
  return true
}

/** Tags are in the block's string table: without this word no object of the block can match. */
function mayHoldParking(text: (index: number) => string, strings: number): boolean {
  for (let i = 0; i < strings; i++) if (text(i).includes('motorcycle')) return true
  return false
}

function parkingCollector(elements: OsmElement[]): PbfVisitor {
  const none = { at: null, nodes: [], members: [] }
  return {
    node(id, lng, lat, tagsOf, version) {
      const tags = tagsOf()
      if (isParking(tags)) elements.push({ ...none, type: 'node', id, version, tags, at: osmPlace(lng, lat) })
    },
    way(id, refs, tagsOf, version) {
      const tags = tagsOf()
      if (isParking(tags)) elements.push({ ...none, type: 'way', id, version, tags, nodes: refs() })
    },
    relation(id, members, tagsOf, version) {
      const tags = tagsOf()
      if (isParking(tags)) elements.push({ ...none, type: 'relation', id, version, tags, members: members() })
    },
  }
}
