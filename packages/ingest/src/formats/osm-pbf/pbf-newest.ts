import type { FeedFile } from '#files/feed-file.ts'
import type { OsmElement } from '#formats/osm/osm-elements.ts'
import { type IdRanges, mayHold, type OsmKind } from './pbf-ids.ts'
import { revisitBlocks } from './revisit-blocks.ts'

const KINDS: readonly OsmKind[] = ['node', 'way', 'relation']

/**
 * Keeps the objects whose newest version in the file is motorcycle parking: an object may come more than once (merged
 * extracts, histories), in any order, and may not be parking any more. Only blocks whose id range contains one of them
 * are unpacked again. Of equal versions the first counts.
 */
export async function newestOnly(
  file: FeedFile,
  elements: readonly OsmElement[],
  ranges: ReadonlyMap<number, IdRanges>,
): Promise<OsmElement[]> {
  const versioned = elements.filter(({ version }) => version > 0)
  if (versioned.length === 0) return [...elements]
  const newest = {
    node: new Map<number, number>(),
    way: new Map<number, number>(),
    relation: new Map<number, number>(),
  }
  for (const { type, id } of versioned) newest[type].set(id, 0)
  const sorted = {
    node: [...newest.node.keys()].toSorted((a, b) => a - b),
    way: [...newest.way.keys()].toSorted((a, b) => a - b),
    relation: [...newest.relation.keys()].toSorted((a, b) => a - b),
  }
  const blocks = new Set<number>()
  for (const [block, range] of ranges) if (KINDS.some((kind) => mayHold(range[kind], sorted[kind]))) blocks.add(block)
  const note = (kind: OsmKind, id: number, version: number): void => {
    const before = newest[kind].get(id)
    if (before !== undefined && version > before) newest[kind].set(id, version)
  }
  await revisitBlocks(file, blocks, {
    everyNode: true,
    node: (id, _lng, _lat, _tags, version) => note('node', id, version),
    way: (id, _refs, _tags, version) => note('way', id, version),
    relation: (id, _members, _tags, version) => note('relation', id, version),
  })
  return elements.filter(({ type, id, version }) => version >= (newest[type].get(id) ?? 0))
}
