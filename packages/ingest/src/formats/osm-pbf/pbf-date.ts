import { PbfReader } from 'pbf'
import type { FeedFile } from '#files/feed-file.ts'
import { pbfBlobs } from './pbf-blobs.ts'

/**
 * The date of an OSM PBF extract in epoch milliseconds: the date in its header, else the newest change of an element.
 * Null where it has neither. A damaged block ends the search; the reader of the elements reports it.
 */
export async function pbfDate(file: FeedFile): Promise<number | null> {
  let newest = 0
  try {
    for await (const { kind, data } of pbfBlobs(file.bytes())) {
      if (kind === 'OSMData') newest = Math.max(newest, newestChange(data))
      else {
        const { seconds } = new PbfReader(data).readFields(readReplicationTime, { seconds: 0 })
        if (seconds > 0) return seconds * 1000
      }
    }
  } catch {
    // Uses what was read before the error.
  }
  return newest > 0 ? newest : null
}

/** `osmosis_replication_timestamp` of the header block. */
function readReplicationTime(tag: number, into: { seconds: number }, pbf: PbfReader): void {
  if (tag === 32) into.seconds = pbf.readVarint()
}

type Newest = { units: number; granularity: number }

/** The newest time in one block, in epoch milliseconds; 0 where its elements have none. */
function newestChange(data: Uint8Array): number {
  const { units, granularity } = new PbfReader(data).readFields(
    (tag, into, pbf) => {
      if (tag === 2) pbf.readMessage(readGroup, into)
      else if (tag === 18) into.granularity = pbf.readVarint()
    },
    { units: 0, granularity: 1000 },
  )
  return units * granularity
}

function readGroup(tag: number, into: Newest, pbf: PbfReader): void {
  if (tag === 2) pbf.readMessage(readDense, into)
  else if (tag === 1 || tag === 3 || tag === 4) pbf.readMessage(readElement, into)
}

function readDense(tag: number, into: Newest, pbf: PbfReader): void {
  if (tag === 5) pbf.readMessage(readDenseInfo, into)
}

function readDenseInfo(tag: number, into: Newest, pbf: PbfReader): void {
  if (tag !== 2) return
  let time = 0
  for (const step of pbf.readPackedSVarint()) {
    time += step
    if (time > into.units) into.units = time
  }
}

/** `info` has the same number in nodes, ways and relations. */
function readElement(tag: number, into: Newest, pbf: PbfReader): void {
  if (tag === 4) pbf.readMessage(readInfo, into)
}

function readInfo(tag: number, into: Newest, pbf: PbfReader): void {
  if (tag === 2) into.units = Math.max(into.units, pbf.readVarint())
}
