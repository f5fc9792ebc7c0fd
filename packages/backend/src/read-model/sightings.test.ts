import { CONSTANTS, LEVELS, sightingOf, stateOfFree, type Availability, type Observation } from '@kickstand/domain'
import { anObservation } from '@kickstand/testkit'
import { describe, expect, it } from 'vitest'
import type { Estimates } from './estimate-types.ts'
import { createEstimates } from './estimates.ts'
import { createRowClocks } from './row-clocks.ts'

const NOON = Date.UTC(2026, 2, 4, 12)
const MINUTE = 60_000
const CAPACITIES = [null, ...Array.from({ length: 100 }, (_, i) => i + 1)]

type Content = Pick<Observation, 'kind' | 'count' | 'level'>
const level = (word: (typeof LEVELS)[number]): Content => ({ kind: 'level', count: null, level: word })
const count = (bikes: number): Content => ({ kind: 'count', count: bikes, level: null })
const moved = (kind: 'arrived' | 'left'): Content => ({ kind, count: null, level: null })
const FULL = level('full')
const PLENTY = level('plenty')

const inSanFrancisco = (): Estimates => createEstimates(createRowClocks(() => [37.79, -122.4]))

let ids = 0
/** An observation by a new rider at the zone. */
function there(content: Content, at: number, more: Partial<Observation> = {}): Observation {
  ids += 1
  return anObservation({ id: `s${ids}`, at, withinReach: true, ...content, ...more })
}

/** The state that a report gives; null for a count where the capacity is not known. */
function reportedState({ kind, count: bikes, level: word }: Content, capacity: number | null): string | null {
  if (kind === 'level') return word
  return capacity === null ? null : stateOfFree(capacity - (bikes ?? 0), capacity)
}

/** Every level and count for a zone, counts above its capacity included. */
function allReports(capacity: number | null): Content[] {
  return [...LEVELS.map(level), ...Array.from({ length: (capacity ?? 20) + 3 }, (_, bikes) => count(bikes))]
}

/** Checks that no figure contradicts the state. */
function expectConsistent(shown: Availability, content: Content, capacity: number | null): void {
  const { state, expectedFree, freeLow, freeHigh, chance } = shown
  const about = JSON.stringify({ capacity, content, shown })
  if (state === 'full') expect(chance, about).toBeLessThanOrEqual(0.25)
  else expect(chance, about).toBeGreaterThanOrEqual(0.75)
  if (capacity === null) return expect([expectedFree, freeLow, freeHigh], about).toEqual([null, null, null])
  const [low, mean, high] = [freeLow ?? -1, expectedFree ?? -1, freeHigh ?? -1]
  expect(0 <= low && low <= high && high <= capacity, about).toBe(true)
  expect(low - 0.5 <= mean && mean <= high + 0.5, about).toBe(true)
  if (state === 'full') expect([low, mean, high], about).toEqual([0, 0, 0])
  else expect(low, about).toBeGreaterThanOrEqual(1)
  if (content.kind === 'level') return
  expect([stateOfFree(low, capacity), stateOfFree(high, capacity)], about).toEqual([state, state])
}

/** Earlier reports by others, newest last. */
const BEFORE: Readonly<Record<string, (capacity: number | null) => Content[]>> = {
  'the first report': () => [],
  'after others reported full': () => [FULL, FULL, FULL],
  'after others reported plenty': () => [PLENTY, PLENTY, PLENTY],
  'after others counted': (capacity) => [count(0), count(capacity ?? 5), count(Math.ceil((capacity ?? 5) / 2))],
}

describe('the state right after a report by a rider at the zone', () => {
  it.each(Object.keys(BEFORE))('is the reported one, %s, for 1 to 100 spaces and an unknown capacity', (name) => {
    const estimates = inSanFrancisco()
    let row = 0
    for (const capacity of CAPACITIES) {
      for (const content of allReports(capacity)) {
        row += 1
        for (const [i, one] of BEFORE[name](capacity).entries())
          estimates.add(row, there(one, NOON - (5 - i) * 3 * MINUTE))
        estimates.add(row, there(content, NOON))
        const shown = estimates.at(row, capacity, NOON + 1_000)
        const state = reportedState(content, capacity)
        expect(shown.latest, JSON.stringify({ capacity, content })).toMatchObject({
          ...content,
          observedAt: NOON,
          source: 'rider',
        })
        if (state === null) continue
        expect(shown.state, JSON.stringify({ capacity, content })).toBe(state)
        expectConsistent(shown, content, capacity)
      }
    }
  })

  it('stays the reported one with matching figures, until it is the estimate again', () => {
    for (const capacity of [1, 2, 5, 17, 60]) {
      for (const content of allReports(capacity)) {
        const estimates = inSanFrancisco()
        for (const one of [PLENTY, FULL]) estimates.add(0, there(one, NOON - 40 * MINUTE))
        estimates.add(0, there(content, NOON))
        for (let minutes = 0; minutes <= 22; minutes += 1) {
          const shown = estimates.at(0, capacity, NOON + minutes * MINUTE)
          expect(shown.state).toBe(reportedState(content, capacity))
          expectConsistent(shown, content, capacity)
        }
        expect(estimates.at(0, capacity, NOON + 23 * MINUTE).latest).toBeNull()
      }
    }
  })

  it('comes with the estimate for 20 minutes ahead, the same as the forecast', () => {
    const estimates = inSanFrancisco()
    estimates.add(0, there(FULL, NOON))
    const { latest } = estimates.at(0, 17, NOON)
    const then = estimates.at(0, 17, NOON + 20 * MINUTE, NOON)
    expect(latest).toMatchObject({ agrees: false, expected: { minutes: 20, state: then.state } })
    expect(latest?.expected?.chance).toBeCloseTo(then.chance ?? Number.NaN, 6)
    expect(then).toMatchObject({ latest: null, state: expect.not.stringMatching('full') })
  })

  it('is marked as agreeing with the estimate once it does', () => {
    const estimates = inSanFrancisco()
    for (let i = 0; i < 6; i += 1) estimates.add(0, there(FULL, NOON - i))
    expect(estimates.at(0, 17, NOON)).toMatchObject({ state: 'full', latest: { agrees: true } })
  })

  it('is used for a stop that is reached within 5 minutes, and the estimate for later ones', () => {
    const estimates = inSanFrancisco()
    estimates.add(0, there(FULL, NOON))
    expect(estimates.at(0, 17, NOON + 5 * MINUTE, NOON)).toMatchObject({ state: 'full', latest: { level: 'full' } })
    const later = estimates.at(0, 17, NOON + 5 * MINUTE + 1, NOON)
    expect(later).toMatchObject({ latest: null, state: expect.not.stringMatching('full') })
  })
})

describe('a sighting', () => {
  it.each([
    ['a stranger', 0.15, 22],
    ['a rider with a record', 0.05, 29],
    ['a rider whose reports often did not fit', 0.2, 11],
  ])('of %s determines the state as long as it is likely to hold', (_who, outlierProbability, minutes) => {
    const estimates = inSanFrancisco()
    estimates.add(0, there(FULL, NOON, { outlierProbability }))
    expect(estimates.at(0, 17, NOON + minutes * MINUTE).latest).not.toBeNull()
    expect(estimates.at(0, 17, NOON + (minutes + 1) * MINUTE).latest).toBeNull()
  })

  it('of a rider who is wrong more than once in four never determines the state', () => {
    const estimates = inSanFrancisco()
    estimates.add(0, there(FULL, NOON, { outlierProbability: 0.26 }))
    expect(estimates.at(0, 17, NOON).latest).toBeNull()
  })

  it('of strangers without a position changes only the estimate for others, however many report it', () => {
    const [with_, without] = [inSanFrancisco(), inSanFrancisco()]
    for (const estimates of [with_, without]) estimates.add(0, there(PLENTY, NOON - 5 * MINUTE))
    for (let i = 0; i < 5; i += 1) {
      with_.add(0, there(FULL, NOON + i, { withinReach: false }))
      expect(with_.at(0, 17, NOON + MINUTE)).toMatchObject({ state: 'plenty', latest: { level: 'plenty' } })
    }
    const [shown, estimate] = [with_, without].map((estimates) => estimates.at(0, 17, NOON + 30 * MINUTE))
    expect(shown?.latest).toBeNull()
    expect(shown?.chance).toBeLessThan(estimate?.chance ?? 0)
  })

  it('of a stranger without a position is published for a zone without observations, until another contradicts it', () => {
    const estimates = inSanFrancisco()
    estimates.add(0, there(FULL, NOON, { withinReach: false }))
    expect(estimates.at(0, 17, NOON)).toMatchObject({ state: 'full', latest: { level: 'full' } })
    estimates.add(0, there(FULL, NOON + 1, { withinReach: false }))
    expect(estimates.at(0, 17, NOON + 1)).toMatchObject({ state: 'full', latest: { observedAt: NOON } })
    estimates.add(0, there(PLENTY, NOON + 2, { withinReach: false }))
    expect(estimates.at(0, 17, NOON + 2).latest).toBeNull()
    estimates.add(0, there(PLENTY, NOON + 3, { withinReach: false }))
    expect(estimates.at(0, 17, NOON + 3).latest).toBeNull()
  })

  it('of a trusted rider is publishable without a position', () => {
    const estimates = inSanFrancisco()
    estimates.add(0, there(FULL, NOON, { withinReach: false, trusted: true }))
    expect(estimates.at(0, 17, NOON)).toMatchObject({ state: 'full', latest: { level: 'full' } })
  })

  it('is published to its reporter, even where it is not to others, until there is a newer one', () => {
    const estimates = inSanFrancisco()
    const mine = there(FULL, NOON, { withinReach: false, outlierProbability: CONSTANTS.outlierProbability })
    estimates.add(0, there(PLENTY, NOON - 5 * MINUTE))
    estimates.add(0, mine)
    const own = sightingOf(mine)
    if (own === null) throw new Error('a level is a sighting')
    expect(estimates.withOwn(0, 17, NOON, own)).toMatchObject({ state: 'full', freeHigh: 0, latest: { level: 'full' } })
    estimates.add(0, there(PLENTY, NOON + MINUTE))
    expect(estimates.withOwn(0, 17, NOON + MINUTE, own)).toMatchObject({ state: 'plenty' })
  })

  it('is replaced by the next publishable one', () => {
    const estimates = inSanFrancisco()
    estimates.add(0, there(FULL, NOON))
    estimates.add(0, there(PLENTY, NOON + MINUTE))
    expect(estimates.at(0, 17, NOON + 2 * MINUTE)).toMatchObject({ state: 'plenty', latest: { level: 'plenty' } })
  })

  it('is removed by its undo, which restores the one before it', () => {
    const estimates = inSanFrancisco()
    const [first, second] = [there(PLENTY, NOON), there(FULL, NOON + MINUTE)]
    estimates.add(0, first)
    const before = estimates.at(0, 17, NOON + 2 * MINUTE)
    estimates.add(0, second)
    expect(estimates.at(0, 17, NOON + 2 * MINUTE).state).toBe('full')
    estimates.retract(0, second.id)
    expect(estimates.at(0, 17, NOON + 2 * MINUTE)).toEqual(before)
    estimates.retract(0, first.id)
    expect(estimates.at(0, 17, NOON + 2 * MINUTE)).toMatchObject({ state: 'unknown', latest: null })
  })

  it('follows movements: a count by one each, full until one has left', () => {
    const estimates = inSanFrancisco()
    estimates.add(0, there(count(9), NOON))
    estimates.add(0, there(moved('arrived'), NOON + MINUTE))
    expect(estimates.at(0, 10, NOON + MINUTE)).toMatchObject({ state: 'full', latest: { count: 9 } })
    estimates.add(0, there(moved('left'), NOON + 2 * MINUTE))
    expect(estimates.at(0, 10, NOON + 2 * MINUTE).state).toBe('few')
    estimates.add(1, there(FULL, NOON))
    estimates.add(1, there(moved('left'), NOON + MINUTE, { withinReach: false }))
    expect(estimates.at(1, 10, NOON + MINUTE).state).toBe('full')
    estimates.add(1, there(moved('left'), NOON + MINUTE))
    expect(estimates.at(1, 10, NOON + MINUTE).latest).toBeNull()
  })

  it('that is not publishable follows movements of the same kind', () => {
    const estimates = inSanFrancisco()
    estimates.add(0, there(count(9), NOON, { withinReach: false }))
    estimates.add(0, there(moved('arrived'), NOON + MINUTE, { withinReach: false }))
    expect(estimates.at(0, 10, NOON + MINUTE)).toMatchObject({ state: 'full', latest: { count: 9 } })
  })

  it('of a sensor determines the state as well', () => {
    const estimates = inSanFrancisco()
    const reading = {
      kind: 'reading',
      count: 5,
      level: null,
      outlierProbability: CONSTANTS.readingOutlierProbability,
    } as const
    estimates.add(0, there(PLENTY, NOON - MINUTE))
    estimates.add(0, there(reading, NOON, { ...reading, reporter: 'feed:f', trusted: true }))
    expect(estimates.at(0, 5, NOON)).toMatchObject({
      state: 'full',
      latest: { kind: 'count', count: 5, source: 'sensor' },
    })
  })

  it('is the same after a restart, whether or not it was read before', () => {
    const all = [there(PLENTY, NOON), there(count(3), NOON + 1), there(moved('left'), NOON + 2), there(FULL, NOON - 9)]
    const running = inSanFrancisco()
    for (const seen of all) {
      running.add(0, seen)
      running.at(0, 9, NOON + MINUTE)
    }
    const restarted = inSanFrancisco()
    for (const seen of all) restarted.load(0, seen)
    for (const minutes of [1, 4, 20, 23]) {
      const time = NOON + minutes * MINUTE
      expect(restarted.at(0, 9, time)).toEqual(running.at(0, 9, time))
    }
  })
})
