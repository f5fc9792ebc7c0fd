import type { Area } from '@kickstand/domain'
import { PbfReader } from 'pbf'

/**
 * Callbacks for the objects of one block of an OSM PBF file. Tags, nodes and members are decoded lazily, since few of a
 * block's 8,000 objects are wanted. `version` is 0 where the file does not state it. The fields are described at
 * https://wiki.openstreetmap.org/wiki/PBF_Format.
 */
export type PbfVisitor = {
  /** Tagged nodes only, unless `everyNode`. Degrees WGS84. */
  node?(id: number, lng: number, lat: number, tags: () => Record<string, string>, version: number): void
  readonly everyNode?: boolean
  way?(id: number, refs: () => number[], tags: () => Record<string, string>, version: number): void
  relation?(
    id: number,
    members: () => { way: number; role: string }[],
    tags: () => Record<string, string>,
    version: number,
  ): void
}

export type PbfContents = { nodes: boolean; ways: boolean }

type Block = {
  strings: Uint8Array[]
  groups: { from: number; to: number }[]
  granularity: number
  latOffset: number
  lonOffset: number
}

/** The bounding box in the header block, or null. */
export function readBounds(data: Uint8Array): Area | null {
  const box: (number | null)[] = [null, null, null, null]
  new PbfReader(data).readFields((tag, into, pbf) => {
    if (tag === 1) {
      pbf.readMessage((side, bounds) => {
        if (side >= 1 && side <= 4) bounds[side - 1] = pbf.readSVarint() / 1e9
      }, into)
    }
  }, box)
  const [west, east, north, south] = box
  if (west === null || east === null || north === null || south === null) return null
  if (west === undefined || east === undefined || north === undefined || south === undefined) return null
  return { west, south, east, north }
}

/**
 * Calls the visitor with a block's objects and returns which kinds the block contains. `mayMatch` is called with the
 * block's string table first; where it returns false, the objects are skipped.
 */
export function visitBlock(
  data: Uint8Array,
  visitor: PbfVisitor,
  mayMatch: (text: (index: number) => string, strings: number) => boolean = () => true,
): PbfContents {
  const pbf = new PbfReader(data)
  const block: Block = { strings: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 }
  pbf.readFields((tag, into) => {
    if (tag === 1)
      pbf.readMessage((field, strings) => void (field === 1 && strings.push(pbf.readBytes())), into.strings)
    else if (tag === 2) {
      const length = pbf.readVarint()
      into.groups.push({ from: pbf.pos, to: pbf.pos + length })
      pbf.pos += length
    } else if (tag === 17) into.granularity = pbf.readVarint()
    else if (tag === 19) into.latOffset = pbf.readVarint(true)
    else if (tag === 20) into.lonOffset = pbf.readVarint(true)
  }, block)
  const text = (index: number): string => Buffer.from(block.strings[index] ?? []).toString('utf8')
  const isWanted = mayMatch(text, block.strings.length)
  const contents: PbfContents = { nodes: false, ways: false }
  for (const { from, to } of block.groups) {
    pbf.pos = from
    pbf.readFields(
      (tag, has) => {
        if (tag === 1 || tag === 2) has.nodes = true
        else if (tag === 3) has.ways = true
        if (!isWanted) return
        if (tag === 1 && visitor.node) plainNode(pbf, block, text, visitor)
        else if (tag === 2 && visitor.node) denseNodes(pbf, block, text, visitor)
        else if (tag === 3 && visitor.way) way(pbf, text, visitor)
        else if (tag === 4 && visitor.relation) relation(pbf, text, visitor)
      },
      contents,
      to,
    )
  }
  return contents
}

type Text = (index: number) => string

function tagsOf(keys: readonly number[], values: readonly number[], text: Text): Record<string, string> {
  return Object.fromEntries(keys.map((key, i) => [text(key), text(values[i] ?? 0)]))
}

function degrees(block: Block, offset: number, value: number): number {
  return 1e-9 * (offset + block.granularity * value)
}

/** The version in an object's metadata. */
function readVersion(pbf: PbfReader): number {
  const info = { version: 0 }
  pbf.readMessage((tag, into) => void (tag === 1 && (into.version = pbf.readVarint())), info)
  return info.version
}

function plainNode(pbf: PbfReader, block: Block, text: Text, visitor: PbfVisitor): void {
  const node = { id: 0, version: 0, lat: 0, lon: 0, keys: [] as number[], values: [] as number[] }
  pbf.readMessage((tag, into) => {
    if (tag === 1) into.id = pbf.readSVarint()
    else if (tag === 2) pbf.readPackedVarint(into.keys)
    else if (tag === 3) pbf.readPackedVarint(into.values)
    else if (tag === 4) into.version = readVersion(pbf)
    else if (tag === 8) into.lat = pbf.readSVarint()
    else if (tag === 9) into.lon = pbf.readSVarint()
  }, node)
  if (node.keys.length === 0 && visitor.everyNode !== true) return
  const lng = degrees(block, block.lonOffset, node.lon)
  const lat = degrees(block, block.latOffset, node.lat)
  visitor.node?.(node.id, lng, lat, () => tagsOf(node.keys, node.values, text), node.version)
}

function denseNodes(pbf: PbfReader, block: Block, text: Text, visitor: PbfVisitor): void {
  const dense = {
    ids: [] as number[],
    lats: [] as number[],
    lons: [] as number[],
    tags: [] as number[],
    versions: [] as number[],
  }
  pbf.readMessage((tag, into) => {
    if (tag === 1) pbf.readPackedSVarint(into.ids)
    else if (tag === 5) pbf.readMessage((one) => void (one === 1 && pbf.readPackedVarint(into.versions)), null)
    else if (tag === 8) pbf.readPackedSVarint(into.lats)
    else if (tag === 9) pbf.readPackedSVarint(into.lons)
    else if (tag === 10) pbf.readPackedVarint(into.tags)
  }, dense)
  let id = 0
  let lat = 0
  let lon = 0
  let at = 0
  for (let i = 0; i < dense.ids.length; i++) {
    id += dense.ids[i] ?? 0
    lat += dense.lats[i] ?? 0
    lon += dense.lons[i] ?? 0
    const from = at
    while (at < dense.tags.length && dense.tags[at] !== 0) at += 2
    const to = at
    at += 1
    if (to === from && visitor.everyNode !== true) continue
    const tags = (): Record<string, string> => {
      const read: Record<string, string> = {}
      for (let k = from; k < to; k += 2) read[text(dense.tags[k] ?? 0)] = text(dense.tags[k + 1] ?? 0)
      return read
    }
    const lng = degrees(block, block.lonOffset, lon)
    visitor.node?.(id, lng, degrees(block, block.latOffset, lat), tags, dense.versions[i] ?? 0)
  }
}

/** Decodes delta-coded numbers in place. */
function undelta(steps: number[]): number[] {
  for (let i = 1; i < steps.length; i++) steps[i] = (steps[i] ?? 0) + (steps[i - 1] ?? 0)
  return steps
}

function way(pbf: PbfReader, text: Text, visitor: PbfVisitor): void {
  const found = { id: 0, version: 0, keys: [] as number[], values: [] as number[], refs: [] as number[] }
  pbf.readMessage((tag, into) => {
    if (tag === 1) into.id = pbf.readVarint()
    else if (tag === 2) pbf.readPackedVarint(into.keys)
    else if (tag === 3) pbf.readPackedVarint(into.values)
    else if (tag === 4) into.version = readVersion(pbf)
    else if (tag === 8) pbf.readPackedSVarint(into.refs)
  }, found)
  visitor.way?.(
    found.id,
    () => undelta(found.refs),
    () => tagsOf(found.keys, found.values, text),
    found.version,
  )
}

const WAY = 1

function relation(pbf: PbfReader, text: Text, visitor: PbfVisitor): void {
  const found = {
    id: 0,
    version: 0,
    keys: [] as number[],
    values: [] as number[],
    roles: [] as number[],
    ids: [] as number[],
    types: [] as number[],
  }
  pbf.readMessage((tag, into) => {
    if (tag === 1) into.id = pbf.readVarint()
    else if (tag === 2) pbf.readPackedVarint(into.keys)
    else if (tag === 3) pbf.readPackedVarint(into.values)
    else if (tag === 4) into.version = readVersion(pbf)
    else if (tag === 8) pbf.readPackedVarint(into.roles)
    else if (tag === 9) pbf.readPackedSVarint(into.ids)
    else if (tag === 10) pbf.readPackedVarint(into.types)
  }, found)
  visitor.relation?.(
    found.id,
    () => {
      const ids = undelta(found.ids)
      return ids.flatMap((id, i) => (found.types[i] === WAY ? [{ way: id, role: text(found.roles[i] ?? 0) }] : []))
    },
    () => tagsOf(found.keys, found.values, text),
    found.version,
  )
}
