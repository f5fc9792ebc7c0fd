import { seededRandom } from '@kickstand/testkit'
import { expect, it } from 'vitest'
import { createZoneBytes } from './zone-bytes.ts'

function read(bytes: ReturnType<typeof createZoneBytes>, row: number): string {
  const out = Buffer.alloc(bytes.length(row) + 10)
  const end = bytes.copy(row, out, 5)
  expect(end).toBe(5 + bytes.length(row))
  return out.subarray(5, end).toString('utf8')
}

it('returns what was set, in any order, across chunks and after many replacements', () => {
  const bytes = createZoneBytes()
  const random = seededRandom(3)
  const truth = new Map<number, string>()
  // Many times the final size, most of it replaced: the allocated memory must not grow with it.
  for (let i = 0; i < 10_000; i += 1) {
    const row = Math.floor(random() * 700)
    const head = `{"id":"${row}","name":"Straße ${i} ${'ü'.repeat(Math.floor(random() * 40_000))}"`
    const traits = `,"kind":"${Math.floor(random() * 5)}"`
    bytes.set(row, head, traits)
    truth.set(row, head + traits)
  }
  for (const [row, expected] of truth) expect(read(bytes, row) === expected).toBe(true)
  const living = [...truth.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  expect(bytes.usage().held).toBeLessThan(3 * living + 128 * 1024 * 1024)
})

it('rejects a zone that is larger than a chunk, and keeps the others', () => {
  const bytes = createZoneBytes()
  bytes.set(0, '{"id":"a"', ',"kind":null')
  expect(() => bytes.set(1, 'x'.repeat(65 * 1024 * 1024), '')).toThrow(RangeError)
  expect(read(bytes, 0)).toBe('{"id":"a","kind":null')
})

it('stores parts beyond the maximum of shared parts', () => {
  const bytes = createZoneBytes()
  const count = 70_000
  for (let row = 0; row < count; row += 1) bytes.set(row, `{"id":"${row}"`, `,"kind":"${row}"`, ',"lit":null')
  for (let row = 0; row < count; row += 499) expect(read(bytes, row)).toBe(`{"id":"${row}","kind":"${row}","lit":null`)
})
