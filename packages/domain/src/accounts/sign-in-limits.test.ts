import { describe, expect, it } from 'vitest'
import { GUESS_LIMITS, waitMs, type GuessLimit, type GuessScope } from './sign-in-limits.ts'

const LIMIT: GuessLimit = { free: 3, delayMs: 10, maxDelayMs: 50, forgetMs: 1000 }

describe('a limit of guesses', () => {
  it.each([
    [0, 0],
    [2, 0],
    [3, 10],
    [4, 20],
    [5, 40],
    [6, 50],
    [1000, 50],
  ])('after %i failures lets the next one wait %i ms', (failures, expected) => {
    expect(waitMs(LIMIT, { failures, lastAt: 100 }, 100)).toBe(expected)
  })

  it('counts the wait from the last failure', () => {
    expect(waitMs(LIMIT, { failures: 4, lastAt: 100 }, 115)).toBe(5)
    expect(waitMs(LIMIT, { failures: 4, lastAt: 100 }, 120)).toBe(0)
  })

  it('forgets', () => {
    expect(waitMs({ ...LIMIT, maxDelayMs: 1e9 }, { failures: 40, lastAt: 0 }, 1000)).toBe(0)
  })

  it.each(Object.keys(GUESS_LIMITS) as GuessScope[])('of %s allows few guesses a year', (scope) => {
    const limit = GUESS_LIMITS[scope]
    const aYear = 365 * 24 * 3_600_000
    const guesses = limit.free + aYear / limit.maxDelayMs
    // The guesses of a year at one account are far fewer than the common passwords that nobody can choose.
    if (scope === 'pair') expect(guesses).toBeLessThan(40_000)
    if (scope === 'account') expect(guesses).toBeLessThan(110_000)
    expect(limit.forgetMs).toBeGreaterThan(limit.maxDelayMs)
  })
})
