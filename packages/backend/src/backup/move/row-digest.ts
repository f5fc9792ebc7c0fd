import { hash } from 'node:crypto'
import { createByteWriter, room, writeBytes } from '#platform/byte-writer.ts'
import type { Row } from './pages.ts'

/** How many rows a table has, and a checksum of them that does not depend on their order: engines sort texts differently. */
export type TableDigest = { readonly rows: number; readonly checksum: string }

export type DigestMaker = { add(row: Row): void; end(): TableDigest }

const NULL = 0
const NUMBER = 1
const TEXT = 2
const BYTES = 3
const LANES = 8

/**
 * Adds up SHA-256 of each row, 32 bits at a time. A row is hashed as its cells, each with its kind and length, so that null, '', 0
 * and '0' are four things and no two rows give the same bytes.
 */
export function createDigest(): DigestMaker {
  const writer = createByteWriter()
  const sums = new Uint32Array(LANES)
  let rows = 0
  return {
    add(row) {
      writer.at = 0
      for (const cell of row) {
        room(writer, 9)
        if (cell === null) writer.at = writer.bytes.writeUInt8(NULL, writer.at)
        else if (typeof cell === 'number') {
          writer.at = writer.bytes.writeUInt8(NUMBER, writer.at)
          writer.at = writer.bytes.writeDoubleLE(cell, writer.at)
        } else {
          const bytes =
            typeof cell === 'string' ? Buffer.from(cell) : Buffer.from(cell.buffer, cell.byteOffset, cell.length)
          writer.at = writer.bytes.writeUInt8(typeof cell === 'string' ? TEXT : BYTES, writer.at)
          writer.at = writer.bytes.writeUInt32LE(bytes.length, writer.at)
          room(writer, bytes.length)
          writeBytes(writer, bytes)
        }
      }
      const digest = hash('sha256', writer.bytes.subarray(0, writer.at), 'buffer')
      for (let mutex = 0; mutex < LANES; mutex += 1) sums[mutex] += digest.readUInt32LE(mutex * 4)
      rows += 1
    },
    end: () => ({ rows, checksum: Buffer.from(sums.buffer).toString('hex') }),
  }
}
