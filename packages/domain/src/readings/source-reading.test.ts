import { describe, expect, it } from 'vitest'
import { readSpaces } from './source-reading.ts'

describe('readSpaces', () => {
  it.each([
    [0, 0],
    ['12', 12],
    [' 3 ', 3],
    [3.0, 3],
  ])('reads %j as %j', (given, expected) => {
    expect(readSpaces(given)).toBe(expected)
  })

  it.each([[-1], [-9], ['-9'], [9999], ['9999'], [99_999], [null], [undefined], [''], ['  ']])(
    'reads %j as unknown',
    (given) => {
      expect(readSpaces(given)).toBeNull()
    },
  )

  it.each([[1.5], [true], ['full'], ['1.5'], [{}], [[]], [Number.NaN]])('rejects %j', (given) => {
    expect(readSpaces(given)).toBeUndefined()
  })
})
