import { inflateSync, zstdDecompressSync } from 'node:zlib'
import { PbfReader } from 'pbf'

/**
 * The frame of an OSM PBF file: a length, a small header with the block's kind and size, the block, and so on to the end.
 * Blocks hold about 8,000 objects each and are given one at a time.
 */
export type PbfBlob = { readonly kind: 'OSMHeader' | 'OSMData'; readonly number: number; readonly data: Uint8Array }

/** A fault in the frame or in a block; nothing after it can be read. */
export class PbfFault extends Error {}

/** Limits of the format: beyond them it is not a block but garbage. */
const LARGEST_HEADER = 64 << 10
const LARGEST_BLOB = 32 << 20

/** `skip` may turn blocks down by their number before they are unpacked. Throws `PbfFault`. */
export async function* pbfBlobs(
  bytes: AsyncIterable<Buffer>,
  skip: (number: number) => boolean = () => false,
): AsyncGenerator<PbfBlob, void, undefined> {
  const chunks = bytes[Symbol.asyncIterator]()
  const take = taker(chunks)
  try {
    for (let number = 0; ; number++) {
      const prefix = await take(4)
      if (prefix === null) return
      const headerLength = prefix.readUInt32BE(0)
      if (headerLength > LARGEST_HEADER) throw new PbfFault(`block ${number} is damaged`)
      const { type, size } = readHeader(await whole(take, headerLength, number))
      if (size > LARGEST_BLOB) throw new PbfFault(`block ${number} is damaged`)
      const body = await whole(take, size, number)
      if ((type === 'OSMHeader' || type === 'OSMData') && !skip(number)) {
        yield { kind: type, number, data: unpack(body, number) }
      }
    }
  } finally {
    // Closes the file also where the consumer stops early.
    await chunks.return?.()
  }
}

async function whole(
  take: (length: number) => Promise<Buffer | null>,
  length: number,
  number: number,
): Promise<Buffer> {
  const bytes = await take(length)
  if (bytes === null) throw new PbfFault(`the file breaks off in block ${number}`)
  return bytes
}

/** Gives exactly as many bytes as asked for; null at the end of the file; throws where it ends in between. */
function taker(chunks: AsyncIterator<Buffer>): (length: number) => Promise<Buffer | null> {
  let parts: Buffer[] = []
  let have = 0
  return async (length) => {
    while (have < length) {
      const next = await chunks.next()
      if (next.done === true) break
      parts.push(Buffer.from(next.value))
      have += next.value.length
    }
    if (have === 0 && length > 0) return null
    if (have < length) throw new PbfFault('the file breaks off')
    const [only] = parts
    const all = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts)
    parts = have > length ? [all.subarray(length)] : []
    have -= length
    return all.subarray(0, length)
  }
}

function readHeader(bytes: Uint8Array): { type: string; size: number } {
  const header = { type: '', size: 0 }
  return new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) into.type = pbf.readString()
    else if (tag === 3) into.size = pbf.readVarint()
  }, header)
}

function unpack(bytes: Uint8Array, number: number): Uint8Array {
  const blob: { raw: Uint8Array | null; zlib: Uint8Array | null; zstd: Uint8Array | null } = {
    raw: null,
    zlib: null,
    zstd: null,
  }
  try {
    new PbfReader(bytes).readFields((tag, into, pbf) => {
      if (tag === 1) into.raw = pbf.readBytes()
      else if (tag === 3) into.zlib = pbf.readBytes()
      else if (tag === 7) into.zstd = pbf.readBytes()
    }, blob)
    if (blob.raw !== null) return blob.raw
    if (blob.zlib !== null) return inflateSync(blob.zlib, { maxOutputLength: LARGEST_BLOB })
    if (blob.zstd !== null) return zstdDecompressSync(blob.zstd, { maxOutputLength: LARGEST_BLOB })
  } catch {
    throw new PbfFault(`block ${number} is damaged`)
  }
  throw new PbfFault(`block ${number} is packed by LZMA or LZ4; write the file again with osmium, which uses zlib`)
}
