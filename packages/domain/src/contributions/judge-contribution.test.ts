import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AGREE_NEEDED, judgeContribution, type ContributionToJudge, type Statement } from './judge-contribution.ts'

const DAY = 24 * 60 * 60_000
const NOW = 1000 * DAY
const FRESH: ContributionToJudge = { state: 'pending', decision: null, passes: false }

function says(riderId: number, more: Partial<Statement> = {}): Statement {
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

const three = [says(1), says(2), says(3)]

describe('a contribution that riders state', () => {
  it('is shown from the third independent rider on, one of them on the spot', () => {
    expect(judgeContribution(FRESH, three.slice(0, 2), NOW)).toMatchObject({ state: 'pending', agree: 2 })
    expect(judgeContribution(FRESH, three, NOW)).toEqual({ state: 'shown', agree: 3, expiresAt: NOW + 89 * DAY })
    const unplaced = three.map((one) => ({ ...one, withinReach: null }))
    expect(judgeContribution(FRESH, unplaced, NOW)).toMatchObject({ state: 'pending', agree: 3 })
  })

  it('counts riders of one network as one, those with a record each for himself', () => {
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

  it('is suspended by one who says otherwise, and shown again by three who agree after that', () => {
    const shown: ContributionToJudge = { ...FRESH, state: 'shown' }
    const dissent = says(4, { agrees: false, firstAt: NOW - 1000, lastAt: NOW - 1000 })
    expect(judgeContribution(shown, [...three, dissent], NOW).state).toBe('suspended')
    const again = three.map((one) => ({ ...one, lastAt: NOW - 500 }))
    expect(judgeContribution({ ...FRESH, state: 'suspended' }, [...again, dissent], NOW).state).toBe('shown')
  })

  it('stays shown while anybody sees it again, and passes 90 days after the last who did', () => {
    const shown: ContributionToJudge = { ...FRESH, state: 'shown' }
    const old = three.map((one) => ({ ...one, firstAt: NOW - 200 * DAY, lastAt: NOW - 100 * DAY }))
    expect(judgeContribution(shown, old, NOW).state).toBe('expired')
    expect(judgeContribution(shown, [...old, says(4)], NOW)).toMatchObject({ state: 'shown', agree: 1 })
    expect(
      judgeContribution(
        { ...shown, passes: true },
        three.map((one) => ({ ...one, lastAt: NOW - 8 * DAY })),
        NOW,
      ).state,
    ).toBe('expired')
  })

  it('follows a moderator whatever is voted, for good unless it passes by itself', () => {
    const against = [1, 2, 3, 4].map((n) => says(n, { agrees: false }))
    const accepted = { accepted: true, at: NOW - 500 * DAY }
    expect(judgeContribution({ ...FRESH, decision: accepted }, against, NOW)).toMatchObject({
      state: 'accepted',
      expiresAt: null,
    })
    expect(judgeContribution({ ...FRESH, decision: { ...accepted, accepted: false } }, three, NOW).state).toBe(
      'rejected',
    )
    expect(judgeContribution({ ...FRESH, decision: accepted, passes: true }, [], NOW).state).toBe('expired')
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

describe('whatever is said', () => {
  it('the order in which it was said to us does not matter', () => {
    fc.assert(
      fc.property(statements, fc.constantFrom('pending', 'shown', 'suspended'), fc.integer(), (said, state, seed) => {
        const shuffled = said.toSorted((a, b) => ((a.firstAt + seed) % 7) - ((b.firstAt + seed) % 7))
        expect(judgeContribution({ ...FRESH, state }, shuffled, NOW)).toEqual(
          judgeContribution({ ...FRESH, state }, said, NOW),
        )
      }),
    )
  })

  it('nothing is shown anew without three riders and one on the spot, nor against one who says otherwise last', () => {
    fc.assert(
      fc.property(statements, (said) => {
        if (judgeContribution(FRESH, said, NOW).state !== 'shown') return
        const heard = said.filter(({ withinReach, lastAt }) => withinReach !== false && NOW - lastAt < 90 * DAY)
        const agreeing = heard.filter(({ agrees }) => agrees)
        expect(agreeing.length).toBeGreaterThanOrEqual(AGREE_NEEDED)
        expect(agreeing.some(({ withinReach }) => withinReach === true)).toBe(true)
        const lastDissent = Math.max(0, ...heard.filter(({ agrees }) => !agrees).map(({ firstAt }) => firstAt))
        expect(agreeing.filter(({ lastAt }) => lastAt > lastDissent).length).toBeGreaterThanOrEqual(AGREE_NEEDED)
      }),
      { numRuns: 500 },
    )
  })

  it('one more who agrees on the spot never takes a contribution away', () => {
    fc.assert(
      fc.property(statements, (said) => {
        const more = [...said, says(99, { lastAt: NOW, firstAt: NOW })]
        if (judgeContribution(FRESH, said, NOW).state === 'shown')
          expect(judgeContribution(FRESH, more, NOW).state).toBe('shown')
      }),
      { numRuns: 500 },
    )
  })
})
