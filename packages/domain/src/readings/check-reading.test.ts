import { describe, expect, it } from 'vitest'
import { checkReading, type ReadingClaim } from './check-reading.ts'

const NOW = Date.UTC(2026, 2, 4, 12)
const MINUTE = 60_000

function check(claim: Partial<ReadingClaim>): ReturnType<typeof checkReading> {
  return checkReading({ kind: 'count', value: 3, at: NOW, capacity: 10, ...claim }, NOW)
}

describe('check of a reading', () => {
  it.each<[Partial<ReadingClaim>, object]>([
    [{ value: 3 }, { kind: 'reading', count: 3 }],
    [
      { kind: 'free', value: 4 },
      { kind: 'reading', count: 6 },
    ],
    [
      { kind: 'free', value: 10 },
      { kind: 'reading', count: 0 },
    ],
    [
      { kind: 'free', value: 0, capacity: null },
      { kind: 'reading', count: null, level: 'full' },
    ],
    [{ kind: 'free', value: 1, capacity: null }, { level: 'few' }],
    [{ kind: 'free', value: 30, capacity: null }, { level: 'plenty' }],
    [
      { kind: 'level', value: 'some' },
      { kind: 'reading', level: 'some' },
    ],
    [{ kind: 'full', value: null }, { level: 'full' }],
    [{ kind: 'empty', value: null }, { count: 0 }],
    [
      { kind: 'in', value: 2 },
      { kind: 'flow', count: 2 },
    ],
    [
      { kind: 'out', value: 2 },
      { kind: 'flow', count: -2 },
    ],
    [{ value: 13 }, { count: 13, overCapacity: true }],
    [
      { value: 500, capacity: null },
      { count: 500, overCapacity: false },
    ],
    [{ at: NOW - 30 * MINUTE }, { at: NOW - 30 * MINUTE, eventOrder: NOW - 30 * MINUTE }],
    [{ at: NOW - 31 * MINUTE }, { at: NOW - 31 * MINUTE, eventOrder: NOW }],
    [{ at: NOW + 2 * MINUTE }, { at: NOW, eventOrder: NOW }],
  ])('accepts %o as %o', (claim, expected) => {
    expect(check(claim)).toMatchObject(expected)
  })

  it.each<[Partial<ReadingClaim>, string, boolean]>([
    [{ value: -1 }, 'value', true],
    [{ value: -9 }, 'value', true],
    [{ value: 9999 }, 'value', true],
    [{ value: 9999, capacity: null }, 'value', true],
    [{ value: 31 }, 'value', true],
    [{ kind: 'free', value: 11 }, 'value', true],
    [{ kind: 'in', value: 500 }, 'value', true],
    [{ value: 1.5 }, 'value', false],
    [{ value: 'many' }, 'value', false],
    [{ kind: 'level', value: 'lots' }, 'value', false],
    [{ kind: 'full', value: 3 }, 'value', false],
    [{ at: NOW + 2 * MINUTE + 1 }, 'at', true],
    [{ at: NOW - 24 * 60 * MINUTE - 1 }, 'at', false],
    [{ at: Number.NaN }, 'at', false],
  ])('rejects %o for its %s', (claim, field, isImpossible) => {
    expect(check(claim)).toMatchObject({ field, isImpossible })
  })
})
