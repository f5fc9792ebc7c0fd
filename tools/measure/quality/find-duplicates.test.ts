import { expect, it } from 'vitest'
import { BLOCK_LINES, findDuplicates } from './find-duplicates.ts'

const block = (lines: number, from = 1) =>
  Array.from({ length: lines }, (_, i) => ({ line: from + i, text: `call(${i})` }))
const found = (...codes: { line: number; text: string }[][]) =>
  [...findDuplicates(codes.map((code, i) => ({ file: `${i}.ts`, code })))].map(([file, lines]) => [file, [...lines]])

it('finds a block in two files', () => {
  const lines = Array.from({ length: BLOCK_LINES }, (_, i) => i + 1)
  expect(found(block(BLOCK_LINES), block(BLOCK_LINES, 101))).toEqual([
    ['0.ts', lines],
    ['1.ts', lines.map((line) => line + 100)],
  ])
})

it('finds a longer block and one in the same file', () => {
  const twice = [...block(12), { line: 13, text: 'other()' }, ...block(12, 14)]
  expect(found(twice)[0]?.[1]).toHaveLength(24)
})

it('accepts shorter blocks, and blocks that differ in one line', () => {
  expect(found(block(BLOCK_LINES - 1), block(BLOCK_LINES - 1))).toEqual([])
  const other = block(BLOCK_LINES).with(4, { line: 5, text: 'another()' })
  expect(found(block(BLOCK_LINES), other)).toEqual([])
})
