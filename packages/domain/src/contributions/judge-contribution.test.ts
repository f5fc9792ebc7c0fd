import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  MIN_AGREEING_RIDERS,
  judgeContribution,
  type ContributionToJudge,
  type Statement,
} from './judge-contribution.ts'

const DAY = 24 * 60 * 60_000
const NOW = 1000 * DAY
const FRESH: ContributionToJudge = { state: 'pending', decision: null, isTemporary: false }

function aStatement(riderId: number, more: Partial<Statement> = {}): Statement {
  const at = NOW - DAY
  return {
    riderId: `rider${riderId}`,
    agrees: true,
    firstAt: at,
    lastAt: at,
    withinReach: true,
    network: `net${riderId}`,
    trusted: false,
    ...more,
  }
}

const three = [aStatement(1), aStatement(2), aStatement(3)]

describe('a contribution that riders state', () => {
  it('is shown from the third independent rider on, one of them on the spot', () => {
    expect(judgeContribution(FRESH, three.slice(0, 2), NOW)).toMatchObject({ state: 'pending', agree: 2 })
    expect(judgeContribution(FRESH, three, NOW)).toEqual({ state: 'shown', agree: 3, expiresAt: NOW + 89 * DAY })
    const unplaced = three.map((one) => ({ ...one, withinReach: null }))
    expect(judgeContribution(FRESH, unplaced, NOW)).toMatchObject({ state: 'pending', agree: 3 })
  })

  it('counts riders of one network as one, those with a record separately', () => {
    const together = three.map((one) => ({ ...one, network: 'cafe' }))
    expect(judgeContribution(FRESH, together, NOW)).toMatchObject({ state: 'pending', agree: 1 })
    expect(
      judgeContribution(
        FRESH,
        together.map((one) => ({ ...one, trusted: true })),
        NOW,
      ),
    ).toMatchObject({ agree: 3 })
  })

  it('is suspended by one rider who disagrees, and shown again once three agree after that', () => {
    const shown: ContributionToJudge = { ...FRESH, state: 'shown' }
    const dissent = aStatement(4, { agrees: false, firstAt: NOW - 1000, lastAt: NOW - 1000 })
    expect(judgeContribution(shown, [...three, dissent], NOW).state).toBe('suspended')
    const again = three.map((one) => ({ ...one, lastAt: NOW - 500 }))
    expect(judgeContribution({ ...FRESH, state: 'suspended' }, [...again, dissent], NOW).state).toBe('shown')
  })

  it('stays shown while riders confirm it, and expires 90 days after the last confirmation', () => {
    const shown: ContributionToJudge = { ...FRESH, state: 'shown' }
    const old = three.map((one) => ({ ...one, firstAt: NOW - 200 * DAY, lastAt: NOW - 100 * DAY }))
    expect(judgeContribution(shown, old, NOW).state).toBe('expired')
    expect(judgeContribution(shown, [...old, aStatement(4)], NOW)).toMatchObject({ state: 'shown', agree: 1 })
    expect(
      judgeContribution(
        { ...shown, isTemporary: true },
        three.map((one) => ({ ...one, lastAt: NOW - 8 * DAY })),
        NOW,
      ).state,
    ).toBe('expired')
  })

  it('follows a moderator against any votes, without end unless it is temporary', () => {
    const against = [1, 2, 3, 4].map((n) => aStatement(n, { agrees: false }))
    const accepted = { accepted: true, at: NOW - 500 * DAY }
    expect(judgeContribution({ ...FRESH, decision: accepted }, against, NOW)).toMatchObject({
      state: 'accepted',
      expiresAt: null,
    })
    expect(judgeContribution({ ...FRESH, decision: { ...accepted, accepted: false } }, three, NOW).state).toBe(
      'rejected',
    )
    expect(judgeContribution({ ...FRESH, decision: accepted, isTemporary: true }, [], NOW).state).toBe('expired')
  })
})

const statement = fc.record({
  riderId: fc.integer({ min: 0, max: 8 }).map((n) => `rider${n}`),
  agrees: fc.boolean(),
  firstAt: fc.integer({ min: 0, max: 200 }).map((days) => NOW - days * DAY),
  lastAt: fc.integer({ min: 0, max: 200 }).map((days) => NOW - days * DAY),
  withinReach: fc.constantFrom(true, false, null),
  network: fc.constantFrom(null, 'a', 'b', 'c'),
  trusted: fc.boolean(),
})
const statements = fc.uniqueArray(statement, { selector: ({ riderId }) => riderId, maxLength: 9 })

describe('any statements', () => {
  it('give the same result in any order', () => {
    fc.assert(
      fc.property(statements, fc.constantFrom('pending', 'shown', 'suspended'), fc.integer(), (made, state, seed) => {
        const shuffled = made.toSorted((a, b) => ((a.firstAt + seed) % 7) - ((b.firstAt + seed) % 7))
        expect(judgeContribution({ ...FRESH, state }, shuffled, NOW)).toEqual(
          judgeContribution({ ...FRESH, state }, made, NOW),
        )
      }),
    )
  })

  it('show nothing new without three riders, one of them on the spot, nor after a later disagreement', () => {
    fc.assert(
      fc.property(statements, (made) => {
        if (judgeContribution(FRESH, made, NOW).state !== 'shown') return
        const counted = made.filter(({ withinReach, lastAt }) => withinReach !== false && NOW - lastAt < 90 * DAY)
        const agreeing = counted.filter(({ agrees }) => agrees)
        expect(agreeing.length).toBeGreaterThanOrEqual(MIN_AGREEING_RIDERS)
        expect(agreeing.some(({ withinReach }) => withinReach === true)).toBe(true)
        const lastDissent = Math.max(0, ...counted.filter(({ agrees }) => !agrees).map(({ firstAt }) => firstAt))
        expect(agreeing.filter(({ lastAt }) => lastAt > lastDissent).length).toBeGreaterThanOrEqual(MIN_AGREEING_RIDERS)
      }),
      { numRuns: 500 },
    )
  })

  it('with one more agreement on the spot never hide a contribution', () => {
    fc.assert(
      fc.property(statements, (made) => {
        const more = [...made, aStatement(99, { lastAt: NOW, firstAt: NOW })]
        if (judgeContribution(FRESH, made, NOW).state === 'shown')
          expect(judgeContribution(FRESH, more, NOW).state).toBe('shown')
      }),
      { numRuns: 500 },
    )
  })
})
