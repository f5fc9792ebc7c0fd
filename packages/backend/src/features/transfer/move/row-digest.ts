import { hash } from 'node:crypto'
import { createByteWriter, room, writeBytes } from '#platform/byte-writer.ts'
import type { Row } from './pages.ts'

/**
 * The number of rows of a table, and a checksum of them that does not depend on their order, since engines sort text
 * differently.
 */
export type TableDigest = { readonly rows: number; readonly checksum: string }

export type DigestMaker = { add(row: Row): void; end(): TableDigest }

const NULL = 0
const NUMBER = 1
const TEXT = 2
const BYTES = 3
const HASH_WORDS = 8

/**
 * Sums the SHA-256 of the rows, 32 bits at a time. A row is hashed as its cells, each with its type and length, so that
 * null, '', 0 and '0' differ and no two rows give the same bytes.
 */
export function createDigest(): DigestMaker {
  const writer = createByteWriter()
  const sums = new Uint32Array(HASH_WORDS)
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
      for (let word = 0; word < HASH_WORDS; word += 1) sums[word] += digest.readUInt32LE(word * 4)
      rows += 1
    },
    end: () => ({ rows, checksum: Buffer.from(sums.buffer).toString('hex') }),
  }
}
