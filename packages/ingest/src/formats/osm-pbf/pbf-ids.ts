import { PbfReader } from 'pbf'

/** The lowest and the highest id of each kind of object in a block of an OSM PBF file. */
export type IdRanges = { readonly [kind in OsmKind]: Range | null }
export type OsmKind = 'node' | 'way' | 'relation'
type Range = { readonly min: number; readonly max: number }

/** Reads ids only; tags, positions and members are skipped. */
export function idRanges(data: Uint8Array): IdRanges {
  const ranges: Record<OsmKind, Range | null> = { node: null, way: null, relation: null }
  const add = (kind: OsmKind, id: number): void => {
    const { min, max } = ranges[kind] ?? { min: id, max: id }
    ranges[kind] = { min: Math.min(min, id), max: Math.max(max, id) }
  }
  new PbfReader(data).readFields((tag, _none, pbf) => {
    if (tag === 2) pbf.readMessage((field) => readIds(pbf, field, add), null)
  }, null)
  return ranges
}

function readIds(pbf: PbfReader, field: number, add: (kind: OsmKind, id: number) => void): void {
  if (field === 1) pbf.readMessage((tag) => void (tag === 1 && add('node', pbf.readSVarint())), null)
  else if (field === 2) {
    const steps: number[] = []
    pbf.readMessage((tag) => void (tag === 1 && pbf.readPackedSVarint(steps)), null)
    let id = 0
    for (const step of steps) {
      id += step
      add('node', id)
    }
  } else if (field === 3 || field === 4) {
    const kind = field === 3 ? 'way' : 'relation'
    pbf.readMessage((tag) => void (tag === 1 && add(kind, pbf.readVarint())), null)
  }
}

/** Whether any of the sorted ids may be in a block with this range. */
export function mayHold(range: Range | null, sorted: readonly number[]): boolean {
  if (range === null) return false
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] ?? 0) < range.min) from = middle + 1
    else to = middle
  }
  return (sorted[from] ?? Number.POSITIVE_INFINITY) <= range.max
}
