import { describe, expect, it } from 'vitest'
import { DomainError } from '../errors.ts'
import { checkReport, type ReportClaim } from './check-report.ts'

const NOW = Date.UTC(2026, 2, 4, 12)
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

function claim(fields: Partial<ReportClaim> = {}): ReportClaim {
  return {
    kind: 'count',
    count: 3,
    level: null,
    problem: null,
    observedAt: null,
    late: false,
    distance: null,
    accuracy: 0,
    capacity: 10,
    ...fields,
  }
}

/** Code and pointers of a rejection. */
function rejection(fields: Partial<ReportClaim>): [string, string[]] {
  try {
    checkReport(claim(fields), NOW)
  } catch (error) {
    if (error instanceof DomainError) return [error.code, error.errors.map(({ pointer }) => pointer)]
    throw error
  }
  throw new Error('the report was accepted')
}

describe('check of a report', () => {
  it.each([
    { kind: 'count', count: 3 },
    { kind: 'level', count: null, level: 'few' },
    { kind: 'arrived', count: null },
    { kind: 'left', count: null },
  ] as const)('accepts a fresh $kind for the estimate', (fields) => {
    expect(checkReport(claim(fields), NOW)).toEqual({ observedAt: NOW, effect: 'estimate', overCapacity: false })
  })

  it('accepts a problem without an effect on the estimate', () => {
    expect(checkReport(claim({ kind: 'problem', count: null, problem: 'closed' }), NOW).effect).toBe('none')
  })

  it.each([
    [{ kind: 'count', count: null }, ['/count']],
    [{ kind: 'level', count: 3 }, ['/count', '/level']],
    [{ kind: 'arrived', count: 1 }, ['/count']],
    [{ kind: 'problem', count: null, level: 'few' }, ['/level', '/problem']],
  ] as const)('rejects %o and names each field', (fields, named) => {
    const [code, pointers] = rejection(fields)
    expect(code).toBe('invalid-request')
    expect(pointers.toSorted()).toEqual(named)
  })

  it.each([
    [1, 12],
    [10, 30],
    [100, 210],
    [null, 5_000],
  ])('of %s spaces takes a count of %i, and rejects one more as impossible', (capacity, most) => {
    expect(checkReport(claim({ capacity, count: most }), NOW).effect).toBe('estimate')
    expect(rejection({ capacity, count: most + 1 })).toEqual(['invalid-request', ['/count']])
  })

  it('accepts more bikes than the capacity', () => {
    expect(checkReport(claim({ count: 10 }), NOW).overCapacity).toBe(false)
    expect(checkReport(claim({ count: 11 }), NOW)).toMatchObject({ overCapacity: true, effect: 'estimate' })
    expect(checkReport(claim({ count: 11, capacity: null }), NOW).overCapacity).toBe(false)
  })

  it.each([
    ['two minutes ahead is now', 2 * MINUTE, { observedAt: NOW, effect: 'estimate' }],
    ['half an hour old still counts', -30 * MINUTE, { observedAt: NOW - 30 * MINUTE, effect: 'estimate' }],
  ])('%s', (_what, offset, expected) => {
    expect(checkReport(claim({ observedAt: NOW + offset }), NOW)).toMatchObject(expected)
  })

  it('rejects a time in the future, an old one unless it is late, and a very old one always', () => {
    expect(rejection({ observedAt: NOW + 2 * MINUTE + 1 })).toEqual(['observed-in-future', ['/observedAt']])
    const old = { observedAt: NOW - 30 * MINUTE - 1 }
    expect(rejection(old)).toEqual(['observed-too-old', ['/observedAt']])
    expect(checkReport(claim({ ...old, late: true }), NOW)).toMatchObject({ ...old, effect: 'history' })
    expect(checkReport(claim({ observedAt: NOW - 7 * DAY, late: true }), NOW).effect).toBe('history')
    expect(rejection({ observedAt: NOW - 7 * DAY - 1, late: true })).toEqual(['observed-too-old', ['/observedAt']])
  })

  it('rejects an invalid time', () => {
    expect(rejection({ observedAt: Number.NaN })).toEqual(['invalid-request', ['/observedAt']])
  })

  it.each([
    [null, 0, 'estimate'],
    [150, 0, 'estimate'],
    [151, 0, 'none'],
    [300, 200, 'estimate'],
    [400, 5_000, 'estimate'],
    // A report from the other end of the town does not count, however inaccurate its position.
    [401, 5_000, 'none'],
  ] as const)('of %s m away, unsure by %d m: %s', (distance, accuracy, effect) => {
    expect(checkReport(claim({ distance, accuracy }), NOW).effect).toBe(effect)
  })
})
