import { inflateSync, zstdDecompressSync } from 'node:zlib'
import { PbfReader } from 'pbf'

/**
 * A block of an OSM PBF file. The file is a sequence of a length, a small header with the block's kind and size, and
 * the block. Blocks contain about 8,000 objects each and are read one at a time.
 */
export type PbfBlob = { readonly kind: 'OSMHeader' | 'OSMData'; readonly number: number; readonly data: Uint8Array }

/** An error in the framing or in a block; nothing after it can be read. */
export class PbfFault extends Error {}

/** Limits of the format. A larger size means damage. */
const MAX_HEADER_BYTES = 64 << 10
const MAX_BLOB_BYTES = 32 << 20

/** Reads the blocks. `skip` excludes blocks by their number before they are unpacked. Throws `PbfFault`. */
export async function* pbfBlobs(
  bytes: AsyncIterable<Buffer>,
  skip: (number: number) => boolean = () => false,
): AsyncGenerator<PbfBlob, void, undefined> {
  const chunks = bytes[Symbol.asyncIterator]()
  const take = byteReader(chunks)
  try {
    for (let number = 0; ; number++) {
      const prefix = await take(4)
      if (prefix === null) return
      const headerLength = prefix.readUInt32BE(0)
      if (headerLength > MAX_HEADER_BYTES) throw new PbfFault(`block ${number} is damaged`)
      const { type, size } = readHeader(await whole(take, headerLength, number))
      if (size > MAX_BLOB_BYTES) throw new PbfFault(`block ${number} is damaged`)
      const body = await whole(take, size, number)
      if ((type === 'OSMHeader' || type === 'OSMData') && !skip(number)) {
        yield { kind: type, number, data: unpack(body, number) }
      }
    }
  } finally {
    // Closes the file even if the consumer stops early.
    await chunks.return?.()
  }
}

async function whole(
  take: (length: number) => Promise<Buffer | null>,
  length: number,
  number: number,
): Promise<Buffer> {
  const bytes = await take(length)
  if (bytes === null) throw new PbfFault(`the file is truncated in block ${number}`)
  return bytes
}

/**
 * Returns a function that reads exactly `length` bytes; null at the end of the file. It throws where the file ends in
 * between.
 */
function byteReader(chunks: AsyncIterator<Buffer>): (length: number) => Promise<Buffer | null> {
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
    if (have < length) throw new PbfFault('the file is truncated')
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
    if (blob.zlib !== null) return inflateSync(blob.zlib, { maxOutputLength: MAX_BLOB_BYTES })
    if (blob.zstd !== null) return zstdDecompressSync(blob.zstd, { maxOutputLength: MAX_BLOB_BYTES })
  } catch {
    throw new PbfFault(`block ${number} is damaged`)
  }
  throw new PbfFault(`block ${number} is packed by LZMA or LZ4; write the file again with osmium, which uses zlib`)
}
