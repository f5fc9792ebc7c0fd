import { deflateSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pbfBlobs, PbfFault } from './pbf-blobs.ts'

const MB = 1 << 20

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128)
  return Buffer.from([...bytes, value])
}
const field = (tag: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(tag << 3) | 2]), varint(bytes.length), bytes])

/** Frames a packed block. */
function frame(blob: Buffer, type = 'OSMData'): Buffer {
  const header = Buffer.concat([field(1, Buffer.from(type)), Buffer.from([3 << 3]), varint(blob.length)])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(header.length)
  return Buffer.concat([length, header, blob])
}

async function read(file: Buffer): Promise<number[]> {
  const sizes: number[] = []
  async function* bytes(): AsyncGenerator<Buffer> {
    yield file
  }
  for await (const { data } of pbfBlobs(bytes())) sizes.push(data.length)
  return sizes
}

describe('blocks of OSM PBF', () => {
  it.each([
    ['zlib', 3, deflateSync],
    ['zstd', 7, zstdCompressSync],
  ] as const)('packed by %s unpack to at most 32 MiB', async (_name, tag, pack) => {
    expect(await read(frame(field(tag, pack(Buffer.alloc(32 * MB)))))).toEqual([32 * MB])
    for (const size of [32 * MB + 1, 200 * MB]) {
      const file = frame(field(tag, pack(Buffer.alloc(size))))
      expect(file.length).toBeLessThan(MB)
      const before = process.memoryUsage().arrayBuffers
      await expect(read(file)).rejects.toThrow(PbfFault)
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * MB)
    }
  })

  it('declare headers of 64 KiB and blocks of 32 MiB at most', async () => {
    const header = Buffer.alloc(4)
    header.writeUInt32BE(64 * 1024 + 1)
    await expect(read(Buffer.concat([header, Buffer.alloc(70_000)]))).rejects.toThrow('block 0 is damaged')
    const announced = frame(field(1, Buffer.alloc(10)))
    const large = Buffer.concat([field(1, Buffer.from('OSMData')), Buffer.from([3 << 3]), varint(32 * MB + 1)])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(large.length)
    await expect(read(Buffer.concat([announced, length, large]))).rejects.toThrow('block 1 is damaged')
  })
})
