import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContributionState } from './judge-contribution.ts'
import { judgeRemoval, REMOVAL_WAIT_MS, type RemovalStatement, type RemovalToJudge } from './judge-removal.ts'
import { removalAlarms } from './removal-alarms.ts'
import { hasRecord, RECORD_AGE_MS, RECORD_DAYS, type RiderHistory } from './rider-record.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = 1000 * DAY
const SPANS = { minute: MINUTE, day: DAY, week: 7 * DAY }

type Rider = { readonly network: string | null; readonly history: RiderHistory | null }
type Attack = { readonly riders: readonly Rider[]; readonly span: number; readonly field?: 'gone' | 'blocked' }

const REGULAR: RiderHistory = { firstSeenAt: START - 60 * DAY, confirmedDays: 20, honest: 15, outlier: 1 }
const fresh = (count: number, history: RiderHistory | null = null): Rider[] =>
  Array.from({ length: count }, (_, n) => ({ network: `new ${n}`, history }))
const regulars = (count: number): Rider[] =>
  Array.from({ length: count }, (_, n) => ({ network: `old ${n}`, history: REGULAR }))

function statements({ riders, span }: Attack): RemovalStatement[] {
  return riders.map(({ network, history }, i) => {
    const at = START + Math.round((span * i) / Math.max(1, riders.length - 1))
    const record = hasRecord(history, at)
    return {
      riderId: `rider ${i} ${network}`,
      agrees: true,
      firstAt: at,
      lastAt: at,
      withinReach: true,
      network,
      trusted: record,
      hasRecord: record,
    }
  })
}

/** When a zone leaves the map, evaluated after each statement and every quarter of an hour for a month; null where it never does. */
function removedAt(
  attack: Attack,
  more: Partial<RemovalToJudge> = {},
  others: readonly RemovalStatement[] = [],
): number | null {
  const all = [...statements(attack), ...others]
  let state: ContributionState = 'pending'
  const times = [
    ...all.map(({ firstAt }) => firstAt),
    ...Array.from({ length: 30 * 24 * 4 }, (_, i) => START + (i * HOUR) / 4),
  ]
  for (const now of times.toSorted((a, b) => a - b)) {
    const contribution: RemovalToJudge = {
      state,
      decision: null,
      isTemporary: attack.field === 'blocked',
      isHeld: false,
      seenAt: null,
      ...more,
    }
    state = judgeRemoval(
      contribution,
      all.filter(({ firstAt }) => firstAt <= now),
      now,
    ).state
    if (state === 'shown') return now
  }
  return null
}

describe('the removal of a zone that a source lists', () => {
  const cells = [1, 3, 10, 100].flatMap((keys) =>
    Object.entries(SPANS).map(([name, span]) => [keys, name, span] as const),
  )

  it.each(cells)(
    'is not done by %i new keys on as many networks over a %s, and an alarm reports them',
    (keys, _name, span) => {
      const attack = { riders: fresh(keys), span }
      expect(removedAt(attack)).toBeNull()
      const votes = statements(attack)
      const attempt = {
        zoneId: 'zone',
        lat: 48,
        lng: 11,
        isHeld: false,
        firstAt: START,
        lastAt: START + span,
        statements: votes,
      }
      expect(removalAlarms([attempt])).toMatchObject([
        { riders: keys, networks: keys, withRecord: 0, zoneIds: ['zone'] },
      ])
    },
  )

  it.each(Object.entries(SPANS))(
    'is done by three riders with a record over a %s, a day after the third',
    (_name, span) => {
      const at = removedAt({ riders: regulars(3), span })
      expect(at).toBe(Math.ceil((START + span + REMOVAL_WAIT_MS) / (HOUR / 4)) * (HOUR / 4))
    },
  )

  it.each(cells)('is not done by two with a record and %i new keys over a %s', (keys, _name, span) => {
    expect(removedAt({ riders: [...regulars(2), ...fresh(keys)], span })).toBeNull()
  })

  it('is not done by riders with a record on one network, on one that is not known, or on two', () => {
    const on = (networks: readonly (string | null)[]): Attack => {
      return { riders: networks.map((network) => ({ network, history: REGULAR })), span: DAY }
    }
    expect(removedAt(on(['a', 'a', 'a', 'a']))).toBeNull()
    expect(removedAt(on([null, null, null, null]))).toBeNull()
    expect(removedAt(on(['a', 'b', null, null]))).toBeNull()
    expect(removedAt(on(['a', 'b', 'c']))).not.toBeNull()
  })

  it.each([
    [
      'six days of reports by a hundred keys',
      { firstSeenAt: START - 6 * DAY, confirmedDays: 6, honest: 30, outlier: 0 },
    ],
    ['thirteen days', { firstSeenAt: START - 13 * DAY, confirmedDays: 13, honest: 50, outlier: 0 }],
    [
      'an old key that has hardly reported',
      { firstSeenAt: START - 90 * DAY, confirmedDays: 4, honest: 30, outlier: 0 },
    ],
    ['an old key that nobody bore out', { firstSeenAt: START - 90 * DAY, confirmedDays: 9, honest: 4, outlier: 0 }],
    [
      'an old key that is contradicted as often as not',
      { firstSeenAt: START - 90 * DAY, confirmedDays: 40, honest: 20, outlier: 10 },
    ],
  ])('needs more of a record than %s', (_what, history) => {
    for (const span of [MINUTE, DAY]) expect(removedAt({ riders: fresh(100, history), span })).toBeNull()
  })

  it('is bounded in what a patient attacker gains: three keys that reported well for two weeks wait a day like all others', () => {
    const sleepers = fresh(100, {
      firstSeenAt: START - RECORD_AGE_MS,
      confirmedDays: RECORD_DAYS,
      honest: 5,
      outlier: 0,
    })
    const at = removedAt({ riders: sleepers, span: MINUTE })
    expect(at).toBeGreaterThanOrEqual(START + REMOVAL_WAIT_MS)
    const honest = {
      riderId: 'honest',
      agrees: false,
      firstAt: START + HOUR,
      lastAt: START + HOUR,
      withinReach: true,
      network: 'x',
      trusted: false,
      hasRecord: false,
    }
    expect(removedAt({ riders: sleepers, span: MINUTE }, {}, [honest])).toBeNull()
    expect(removedAt({ riders: sleepers, span: MINUTE }, { seenAt: START + HOUR })).toBeNull()
    expect(removedAt({ riders: sleepers, span: MINUTE }, { isHeld: true })).toBeNull()
  })

  it('is done at once where a moderator accepts it, and not at all where they reject it', () => {
    const decided = (accepted: boolean) =>
      removedAt({ riders: regulars(3), span: DAY }, { decision: { accepted, at: START } })
    expect(decided(false)).toBeNull()
    const contribution = {
      state: 'pending' as const,
      isTemporary: false,
      isHeld: true,
      seenAt: null,
      decision: { accepted: true, at: START },
    }
    expect(judgeRemoval(contribution, [], START).state).toBe('accepted')
  })

  it('closes a zone for a while without the day, and needs the same riders', () => {
    expect(removedAt({ riders: fresh(100), span: DAY, field: 'blocked' })).toBeNull()
    expect(removedAt({ riders: regulars(3), span: HOUR, field: 'blocked' })).toBe(START + HOUR)
  })
})

const rider = fc.record({
  network: fc.constantFrom(null, 'a', 'b', 'c', 'd'),
  history: fc.constantFrom(null, REGULAR, { ...REGULAR, firstSeenAt: START - DAY }, { ...REGULAR, honest: 1 }),
})

it('any statements in any order: nothing is removed without three records on three known networks, nor within a day', () => {
  fc.assert(
    fc.property(fc.array(rider, { maxLength: 12 }), fc.integer({ min: 0, max: 10 * DAY }), (riders, span) => {
      const at = removedAt({ riders, span })
      const counted = statements({ riders, span }).filter((one) => one.hasRecord && one.network !== null)
      const networks = new Set(counted.map(({ network }) => network))
      expect(at !== null).toBe(networks.size >= 3)
      if (at === null) return
      const early = counted.filter(({ firstAt }) => firstAt <= at - REMOVAL_WAIT_MS)
      expect(new Set(early.map(({ network }) => network)).size).toBeGreaterThanOrEqual(3)
    }),
    { numRuns: 100 },
  )
})
