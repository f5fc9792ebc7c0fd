import type { Area, LngLat } from '@kickstand/domain'
import { brokenOff, type FeedItem, type FeedItems } from './feed-row.ts'
import type { FeedFile } from './feed-file.ts'
import { messageOf } from './json-rows.ts'
import { elementItems, isParking, type OsmElement, osmPlace } from './osm-elements.ts'
import { pbfBlobs } from './pbf-blobs.ts'
import { readBounds, visitBlock, type PbfVisitor } from './pbf-block.ts'

/**
 * Motorcycle parking in an OSM PBF extract. Ways name nodes and relations name ways by id, so the file is gone through up to
 * three times: for the objects with the right tags; for the ways of their relations; for the places of the nodes of both.
 * Only those are kept, so a planet's worth of file takes no more memory than its motorcycle parking. A pass unpacks only the
 * blocks that hold its kind of object.
 */
export async function* readOsmPbf(file: FeedFile): FeedItems {
  const elements: OsmElement[] = []
  const blocks = { nodes: new Set<number>(), ways: new Set<number>() }
  let coverage: Area | null = null
  let fault: string | null = null
  try {
    for await (const blob of pbfBlobs(file.bytes())) {
      if (blob.kind === 'OSMHeader') coverage = readBounds(blob.data)
      else {
        const has = visitBlock(blob.data, collector(elements), mayHoldParking)
        if (has.nodes) blocks.nodes.add(blob.number)
        if (has.ways) blocks.ways.add(blob.number)
      }
    }
  } catch (error) {
    fault = messageOf(error)
  }

  const ground = { nodes: new Map<number, LngLat>(), ways: new Map<number, readonly number[]>() }
  const wantedWays = new Set(elements.flatMap((element) => element.members.map((member) => member.way)))
  if (wantedWays.size > 0) {
    await again(file, blocks.ways, {
      way(id, refs) {
        if (wantedWays.has(id)) ground.ways.set(id, refs())
      },
    })
  }
  const wantedNodes = new Set(elements.flatMap((element) => element.nodes))
  for (const refs of ground.ways.values()) for (const ref of refs) wantedNodes.add(ref)
  if (wantedNodes.size > 0) {
    await again(file, blocks.nodes, {
      everyNode: true,
      node(id, lng, lat) {
        if (wantedNodes.has(id)) ground.nodes.set(id, osmPlace(lng, lat))
      },
    })
  }
  for (const element of elements)
    yield* elementItems(element, ground, 'extract with complete ways (osmium extract -s complete_ways)')
  yield fault === null ? whole(coverage) : brokenOff(`The OSM file is not whole: ${fault}.`)
}

function whole(coverage: Area | null): FeedItem {
  return { type: 'end', complete: true, note: null, coverage }
}

/** A later pass. What the first pass could not read, it cannot either, and the first has told. */
async function again(file: FeedFile, wanted: ReadonlySet<number>, visitor: PbfVisitor): Promise<void> {
  try {
    for await (const blob of pbfBlobs(file.bytes(), (number) => !wanted.has(number))) visitBlock(blob.data, visitor)
  } catch {
    // Told by the first pass.
  }
}

/** Every tag's words stand in the block's string table: without this one, no object in the block can be wanted. */
function mayHoldParking(text: (index: number) => string, strings: number): boolean {
  for (let i = 0; i < strings; i++) if (text(i).includes('motorcycle')) return true
  return false
}

function collector(elements: OsmElement[]): PbfVisitor {
  const none = { at: null, nodes: [], members: [] }
  return {
    node(id, lng, lat, tagsOf) {
      const tags = tagsOf()
      if (isParking(tags)) elements.push({ ...none, type: 'node', id, tags, at: osmPlace(lng, lat) })
    },
    way(id, refs, tagsOf) {
      const tags = tagsOf()
      if (isParking(tags)) elements.push({ ...none, type: 'way', id, tags, nodes: refs() })
    },
    relation(id, members, tagsOf) {
      const tags = tagsOf()
      if (isParking(tags)) elements.push({ ...none, type: 'relation', id, tags, members: members() })
    },
  }
}
