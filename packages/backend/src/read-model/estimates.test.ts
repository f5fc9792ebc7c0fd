import {
  basePrior,
  compareObservations,
  createState,
  encodeZone,
  countedObservations,
  hourOfWeek,
  LEVELS,
  zoneOffsets,
  type Observation,
} from '@kickstand/domain'
import { anObservation } from '@kickstand/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Estimates } from './estimate-types.ts'
import { createEstimates } from './estimates.ts'
import { createRowClocks } from './row-clocks.ts'
import { applyObservation, startFrom } from './apply-observation.ts'

const NOON = Date.UTC(2026, 2, 4, 12)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Published capacity. */
const CAPACITY = 10

const inSanFrancisco = (): Estimates => createEstimates(createRowClocks(() => [37.79, -122.4]))

const content: fc.Arbitrary<Partial<Observation>> = fc.oneof(
  fc.record({ count: fc.integer({ min: 0, max: 14 }) }),
  fc.record({ kind: fc.constant('level' as const), level: fc.constantFrom(...LEVELS) }),
  fc.record({ kind: fc.constantFrom('arrived' as const, 'left' as const) }),
)
/**
 * Within two days, so that some are before any cutoff; few riders, so that some correct themselves; some late, some of
 * one network.
 */
const observation: fc.Arbitrary<Observation> = fc
  .record({
    n: fc.integer({ min: 0, max: 60 }),
    content,
    reporter: fc.constantFrom('a', 'b', 'c', 'd'),
    late: fc.constantFrom(0, 0, 0, 45, 3_000),
    network: fc.constantFrom(null, 'n'),
    trusted: fc.boolean(),
    withinReach: fc.boolean(),
    outlierProbability: fc.constantFrom(0.05, 0.15, 0.6),
  })
  .map(({ n, content: what, late, ...rest }) => {
    const eventOrder = NOON - ((n * 41) % 30) * 4 * MINUTE - (n % 5 === 0 ? 30 * HOUR : 0)
    return anObservation({ id: `r${n}`, at: eventOrder - late * MINUTE, eventOrder, ...what, ...rest })
  })
const unique = fc.uniqueArray(observation, { selector: ({ id }) => id, minLength: 1, maxLength: 25 })
const shuffledFrom = (all: readonly Observation[], seed: number): Observation[] =>
  all
    .map((one, i) => ({ one, key: (i * 7_919 + seed) % 101 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ one }) => one)

/**
 * Adds an observation to row 0 and reads the row: it is then loaded, and the next observation is applied to the loaded
 * row.
 */
function addAndRead(estimates: Estimates, capacity: number | null, seen: Observation): void {
  estimates.add(0, seen)
  estimates.at(0, capacity, NOON)
}

const offset = zoneOffsets('America/Los_Angeles')
const localHour = (minute: number): number => hourOfWeek(minute, offset(minute), false)

/** The bytes of a row whose observations are applied at once and in order. */
function bytesOf(all: readonly Observation[], capacity: number | null): Uint8Array {
  const state = createState(1, [basePrior()])
  const counted = countedObservations(all.toSorted(compareObservations))
  if (counted.length > 0) startFrom(state, 0, null, capacity)
  for (const seen of counted) applyObservation(state, 0, seen, localHour)
  return encodeZone(state, 0)
}

describe('estimates of the board', () => {
  it.each([
    ['with a position at the zone', true],
    ['without a position', false],
  ])(
    'have one bike more than a rider %s counted once they parked, and one fewer once they left',
    (_which, withinReach) => {
      const free = (...words: Partial<Observation>[]): number => {
        const estimates = inSanFrancisco()
        for (const [i, what] of words.entries()) {
          const at = NOON + 2 * i * MINUTE
          addAndRead(
            estimates,
            CAPACITY,
            anObservation({ id: `r${i}`, at, reporter: 'a', outlierProbability: 0.02, withinReach, ...what }),
          )
        }
        return estimates.at(0, CAPACITY, NOON + 4 * MINUTE).expectedFree ?? Number.NaN
      }
      const counted = free({ count: 5 })
      expect(free({ count: 5 }, { kind: 'arrived' })).toBeCloseTo(counted - 1, 0)
      expect(free({ count: 5 }, { kind: 'left' })).toBeCloseTo(counted + 1, 0)
      expect(free({ count: 5 }, { kind: 'arrived' }, { kind: 'left' })).toBeCloseTo(counted, 5)
      // Without a position a count is published at once only for a zone without observations.
      if (withinReach) expect(free({ kind: 'arrived' }, { count: 5 })).toBeCloseTo(counted, 1)
    },
  )

  it('are those of all observations in order, whatever order they arrive in, to the last bit', () => {
    fc.assert(
      fc.property(unique, fc.nat(100), fc.nat(24), fc.constantFrom(null, CAPACITY), (all, seed, again, capacity) => {
        const estimates = inSanFrancisco()
        const shuffled = shuffledFrom(all, seed)
        for (const seen of [...shuffled, ...shuffled.slice(0, again)]) addAndRead(estimates, capacity, seen)
        expect(estimates.bytes(0, capacity)).toEqual(bytesOf(all, capacity))
        const ordered = inSanFrancisco()
        for (const seen of all.toSorted(compareObservations)) addAndRead(ordered, capacity, seen)
        expect(ordered.bytes(0, capacity)).toEqual(bytesOf(all, capacity))
        const unread = inSanFrancisco()
        for (const seen of shuffled) unread.add(0, seen)
        expect(unread.bytes(0, capacity)).toEqual(bytesOf(all, capacity))
      }),
      { numRuns: 300 },
    )
  })

  it('do not contain a retracted report, even if the retraction arrives first', () => {
    fc.assert(
      fc.property(unique, fc.nat(100), (all, seed) => {
        const [kept, gone] = [all.slice(0, all.length / 2), all.slice(all.length / 2)]
        const [after, before] = [inSanFrancisco(), inSanFrancisco()]
        for (const seen of shuffledFrom(all, seed)) addAndRead(after, CAPACITY, seen)
        for (const { id } of gone) expect(after.retract(0, id)).toBe(true)
        for (const { id } of gone) before.noteEarlyRetraction(id)
        for (const seen of shuffledFrom(all, seed)) addAndRead(before, CAPACITY, seen)
        expect(after.bytes(0, CAPACITY)).toEqual(bytesOf(kept, CAPACITY))
        expect(before.bytes(0, CAPACITY)).toEqual(bytesOf(kept, CAPACITY))
        expect(after.at(0, CAPACITY, NOON)).toEqual(before.at(0, CAPACITY, NOON))
      }),
      { numRuns: 200 },
    )
  })

  it('are the same to the last bit whether a checkpoint was computed or loaded', () => {
    const hoursAgo = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(unique, fc.nat(100), hoursAgo, fc.constantFrom(null, 6, CAPACITY), (all, seed, ago, then) => {
        const cutAt = NOON - ago * HOUR
        const [running, loaded] = [inSanFrancisco(), inSanFrancisco()]
        const early = all.filter(({ eventOrder }) => eventOrder <= cutAt)
        const later = all.filter(({ eventOrder }) => eventOrder > cutAt)
        for (const seen of [...shuffledFrom(early, seed), ...later.slice(0, 5)]) addAndRead(running, CAPACITY, seen)
        const next = running.checkpointAt(0, then, cutAt)
        if (next !== null) running.advance(0, next.checkpoint)
        running.advanceCutoff(cutAt)
        for (const seen of shuffledFrom(later.slice(5), seed)) addAndRead(running, CAPACITY, seen)

        loaded.advanceCutoff(cutAt)
        if (next !== null) loaded.restore(0, next.checkpoint)
        for (const seen of all.toSorted(compareObservations)) {
          if (seen.eventOrder > cutAt - HOUR) loaded.load(0, seen)
        }
        expect(loaded.bytes(0, CAPACITY)).toEqual(running.bytes(0, CAPACITY))
        expect(loaded.at(0, CAPACITY, NOON)).toEqual(running.at(0, CAPACITY, NOON))
        expect([loaded, running].map((one) => one.rowsToCheckpoint(cutAt))).toEqual([[], []])
      }),
      { numRuns: 300 },
    )
  })

  it('keep what was learned when its observations are dropped, and no longer count those', () => {
    const estimates = inSanFrancisco()
    for (let day = 1; day <= 20; day += 1) {
      const at = NOON - day * 24 * HOUR
      estimates.add(0, anObservation({ id: `r${day}`, at, count: 9 }))
    }
    expect(estimates.rowsToCheckpoint(NOON - HOUR)).toEqual([0])
    const next = estimates.checkpointAt(0, CAPACITY, NOON - HOUR)
    if (next === null) throw new Error('expected observations for a checkpoint')
    const before = estimates.bytes(0, CAPACITY)
    estimates.advance(0, next.checkpoint)
    expect(estimates.bytes(0, CAPACITY)).toEqual(before)
    expect(estimates.at(0, CAPACITY, NOON)).toMatchObject({ source: 'history', observedAt: null, reports: 0 })
    expect(estimates.at(0, CAPACITY, NOON).expectedFree).toBeLessThan(4)
    expect(estimates.checkpointAt(0, CAPACITY, NOON - HOUR)).toBeNull()
  })

  it('do not depend on earlier reads', () => {
    const minutes = fc.array(fc.integer({ min: -90, max: 1_500 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(unique, minutes, fc.constantFrom(null, CAPACITY), (all, requested, capacity) => {
        const often = inSanFrancisco()
        for (const seen of all) addAndRead(often, capacity, seen)
        for (const minute of [...requested, ...requested.toReversed()]) {
          const once = inSanFrancisco()
          for (const seen of all) once.add(0, seen)
          const time = NOON + minute * MINUTE
          expect(often.at(0, capacity, time)).toEqual(once.at(0, capacity, time))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('keep rows apart, beyond the initial capacity', () => {
    const estimates = inSanFrancisco()
    const seen = anObservation({ id: 'a', at: NOON })
    for (const row of [0, 1_500, 70_000]) expect(estimates.add(row, seen)).toBe(true)
    expect(estimates.retract(1_500, 'a')).toBe(true)
    expect(estimates.retract(1_500, 'a')).toBe(false)
    expect([0, 1, 1_500, 70_000, 900_000].map((row) => estimates.isObserved(row))).toEqual([
      true,
      false,
      false,
      true,
      false,
    ])
    expect(estimates.at(1_500, CAPACITY, NOON).state).toBe('unknown')
    expect(estimates.at(900_000, CAPACITY, NOON).state).toBe('unknown')
    expect(estimates.at(70_000, CAPACITY, NOON)).toEqual(estimates.at(0, CAPACITY, NOON))
  })

  it('need no local time for a zone without observations', () => {
    const estimates = createEstimates(createRowClocks(() => expect.unreachable('the local time is not needed')))
    for (const row of [0, 5, 100_000]) expect(estimates.at(row, CAPACITY, NOON)).toMatchObject({ state: 'unknown' })
  })

  it('are replayed when the capacity changes, and forget', () => {
    const [one, other] = [inSanFrancisco(), inSanFrancisco()]
    const seen = anObservation({ id: 'a', at: NOON })
    addAndRead(one, 4, seen)
    one.replay(0)
    addAndRead(other, 40, seen)
    expect(one.bytes(0, 40)).toEqual(other.bytes(0, 40))
    expect(one.at(0, 40, NOON)).toEqual(other.at(0, 40, NOON))
    one.forget(0)
    expect(one.at(0, 40, NOON)).toMatchObject({ state: 'unknown', reports: 0 })
    expect(one.isObserved(0)).toBe(false)
  })

  it('bound the number of early retractions', () => {
    const estimates = inSanFrancisco()
    for (let i = 0; i < 10_001; i += 1) estimates.noteEarlyRetraction(`r${i}`)
    expect(estimates.add(0, anObservation({ id: 'r10000', at: NOON }))).toBe(false)
    expect(estimates.add(0, anObservation({ id: 'r0', at: NOON }))).toBe(true)
  })
})
