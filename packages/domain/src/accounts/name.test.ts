import { expect, it } from 'vitest'
import { readName } from './name.ts'

it.each([
  ['Anna', 'Anna'],
  ['  Anna \t Ågård\n', 'Anna Ågård'],
  ['City\u202e of\u200b Test', 'City of Test'],
])('the name %j is stored as %j', (text, stored) => {
  expect(readName(text, 100)).toBe(stored)
})

it.each([[''], [' \n '], ['\u200b\u202e'], ['x'.repeat(101)]])('rejects %j', (text) => {
  expect(() => readName(text, 100)).toThrow('1 to 100 visible characters')
})
