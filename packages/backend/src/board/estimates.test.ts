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
/** What is said to be there. */
const SPACES = 10

const inSanFrancisco = (): Estimates => createEstimates(createRowClocks(() => [37.79, -122.4]))

const said: fc.Arbitrary<Partial<Observation>> = fc.oneof(
  fc.record({ count: fc.integer({ min: 0, max: 14 }) }),
  fc.record({ kind: fc.constant('level' as const), level: fc.constantFrom(...LEVELS) }),
  fc.record({ kind: fc.constantFrom('arrived' as const, 'left' as const) }),
)
/** Within two days, so that some lie before any cut; few riders, so that some correct themselves; some late, some of one network. */
const observation: fc.Arbitrary<Observation> = fc
  .record({
    n: fc.integer({ min: 0, max: 60 }),
    said,
    reporter: fc.constantFrom('a', 'b', 'c', 'd'),
    late: fc.constantFrom(0, 0, 0, 45, 3_000),
    network: fc.constantFrom(null, 'n'),
    trusted: fc.boolean(),
    withinReach: fc.boolean(),
    outlierProbability: fc.constantFrom(0.05, 0.15, 0.6),
  })
  .map(({ n, said: what, late, ...rest }) => {
    const eventOrder = NOON - ((n * 41) % 30) * 4 * MINUTE - (n % 5 === 0 ? 30 * HOUR : 0)
    return anObservation({ id: `r${n}`, at: eventOrder - late * MINUTE, eventOrder, ...what, ...rest })
  })
const unique = fc.uniqueArray(observation, { selector: ({ id }) => id, minLength: 1, maxLength: 25 })
const shuffledFrom = (all: readonly Observation[], turn: number): Observation[] =>
  all
    .map((one, i) => ({ one, key: (i * 7_919 + turn) % 101 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ one }) => one)

/** Tells row 0 something, and asks: so that it is folded when the next comes, and that one goes on from there. */
function tell(estimates: Estimates, capacity: number | null, seen: Observation): void {
  estimates.add(0, seen)
  estimates.at(0, capacity, NOON)
}

const offset = zoneOffsets('America/Los_Angeles')
const localHour = (minute: number): number => hourOfWeek(minute, offset(minute), false)

/** The bytes of a row that was told all at once and in order. */
function bytesOf(all: readonly Observation[], capacity: number | null): Uint8Array {
  const state = createState(1, [basePrior()])
  const folded = countedObservations(all.toSorted(compareObservations))
  if (folded.length > 0) startFrom(state, 0, null, capacity)
  for (const seen of folded) applyObservation(state, 0, seen, localHour)
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
          tell(
            estimates,
            SPACES,
            anObservation({ id: `r${i}`, at, reporter: 'a', outlierProbability: 0.02, withinReach, ...what }),
          )
        }
        return estimates.at(0, SPACES, NOON + 4 * MINUTE).expectedFree ?? Number.NaN
      }
      const counted = free({ count: 5 })
      expect(free({ count: 5 }, { kind: 'arrived' })).toBeCloseTo(counted - 1, 0)
      expect(free({ count: 5 }, { kind: 'left' })).toBeCloseTo(counted + 1, 0)
      expect(free({ count: 5 }, { kind: 'arrived' }, { kind: 'left' })).toBeCloseTo(counted, 5)
      // Without a position a count is only shown at once where nobody had said anything of the zone.
      if (withinReach) expect(free({ kind: 'arrived' }, { count: 5 })).toBeCloseTo(counted, 1)
    },
  )

  it('are those of all observations in order, whatever order they arrive in, to the last bit', () => {
    fc.assert(
      fc.property(unique, fc.nat(100), fc.nat(24), fc.constantFrom(null, SPACES), (all, turn, again, capacity) => {
        const estimates = inSanFrancisco()
        const shuffled = shuffledFrom(all, turn)
        for (const seen of [...shuffled, ...shuffled.slice(0, again)]) tell(estimates, capacity, seen)
        expect(estimates.bytes(0, capacity)).toEqual(bytesOf(all, capacity))
        const inTurn = inSanFrancisco()
        for (const seen of all.toSorted(compareObservations)) tell(inTurn, capacity, seen)
        expect(inTurn.bytes(0, capacity)).toEqual(bytesOf(all, capacity))
        const asleep = inSanFrancisco()
        for (const seen of shuffled) asleep.add(0, seen)
        expect(asleep.bytes(0, capacity)).toEqual(bytesOf(all, capacity))
      }),
      { numRuns: 300 },
    )
  })

  it('are as if a report had never been once it is taken back, also when that is heard of first', () => {
    fc.assert(
      fc.property(unique, fc.nat(100), (all, turn) => {
        const [kept, gone] = [all.slice(0, all.length / 2), all.slice(all.length / 2)]
        const [after, before] = [inSanFrancisco(), inSanFrancisco()]
        for (const seen of shuffledFrom(all, turn)) tell(after, SPACES, seen)
        for (const { id } of gone) expect(after.retract(0, id)).toBe(true)
        for (const { id } of gone) before.refuse(id)
        for (const seen of shuffledFrom(all, turn)) tell(before, SPACES, seen)
        expect(after.bytes(0, SPACES)).toEqual(bytesOf(kept, SPACES))
        expect(before.bytes(0, SPACES)).toEqual(bytesOf(kept, SPACES))
        expect(after.at(0, SPACES, NOON)).toEqual(before.at(0, SPACES, NOON))
      }),
      { numRuns: 200 },
    )
  })

  it('go on from a checkpoint as one that has just been loaded does, to the last bit', () => {
    const hoursAgo = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(unique, fc.nat(100), hoursAgo, fc.constantFrom(null, 6, SPACES), (all, turn, ago, then) => {
        const cutAt = NOON - ago * HOUR
        const [running, loaded] = [inSanFrancisco(), inSanFrancisco()]
        const early = all.filter(({ eventOrder }) => eventOrder <= cutAt)
        const later = all.filter(({ eventOrder }) => eventOrder > cutAt)
        for (const seen of [...shuffledFrom(early, turn), ...later.slice(0, 5)]) tell(running, SPACES, seen)
        const next = running.checkpointAt(0, then, cutAt)
        if (next !== null) running.advance(0, next.checkpoint)
        running.settle(cutAt)
        for (const seen of shuffledFrom(later.slice(5), turn)) tell(running, SPACES, seen)

        loaded.settle(cutAt)
        if (next !== null) loaded.restore(0, next.checkpoint)
        for (const seen of all.toSorted(compareObservations)) {
          if (seen.eventOrder > cutAt - HOUR) loaded.load(0, seen)
        }
        expect(loaded.bytes(0, SPACES)).toEqual(running.bytes(0, SPACES))
        expect(loaded.at(0, SPACES, NOON)).toEqual(running.at(0, SPACES, NOON))
        expect([loaded, running].map((one) => one.rowsToCheckpoint(cutAt))).toEqual([[], []])
      }),
      { numRuns: 300 },
    )
  })

  it('keep what was learned when the observations behind it are dropped, and count those no more', () => {
    const estimates = inSanFrancisco()
    for (let day = 1; day <= 20; day += 1) {
      const at = NOON - day * 24 * HOUR
      estimates.add(0, anObservation({ id: `r${day}`, at, count: 9 }))
    }
    expect(estimates.rowsToCheckpoint(NOON - HOUR)).toEqual([0])
    const next = estimates.checkpointAt(0, SPACES, NOON - HOUR)
    if (next === null) throw new Error('there is something to fold')
    const before = estimates.bytes(0, SPACES)
    estimates.advance(0, next.checkpoint)
    expect(estimates.bytes(0, SPACES)).toEqual(before)
    expect(estimates.at(0, SPACES, NOON)).toMatchObject({ source: 'history', observedAt: null, reports: 0 })
    expect(estimates.at(0, SPACES, NOON).expectedFree).toBeLessThan(4)
    expect(estimates.checkpointAt(0, SPACES, NOON - HOUR)).toBeNull()
  })

  it('tell at any time what others tell that were never asked before', () => {
    const minutes = fc.array(fc.integer({ min: -90, max: 1_500 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(unique, minutes, fc.constantFrom(null, SPACES), (all, asked, capacity) => {
        const often = inSanFrancisco()
        for (const seen of all) tell(often, capacity, seen)
        for (const minute of [...asked, ...asked.toReversed()]) {
          const once = inSanFrancisco()
          for (const seen of all) once.add(0, seen)
          const time = NOON + minute * MINUTE
          expect(often.at(0, capacity, time)).toEqual(once.at(0, capacity, time))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('keep the rows apart, beyond any size they were made for', () => {
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
    expect(estimates.at(1_500, SPACES, NOON).state).toBe('unknown')
    expect(estimates.at(900_000, SPACES, NOON).state).toBe('unknown')
    expect(estimates.at(70_000, SPACES, NOON)).toEqual(estimates.at(0, SPACES, NOON))
  })

  it('ask for the local time of no zone of which nothing was ever seen', () => {
    const estimates = createEstimates(createRowClocks(() => expect.unreachable('nobody needs it')))
    for (const row of [0, 5, 100_000]) expect(estimates.at(row, SPACES, NOON)).toMatchObject({ state: 'unknown' })
  })

  it('fold again when the capacity turns out to be another, and forget', () => {
    const [one, other] = [inSanFrancisco(), inSanFrancisco()]
    const seen = anObservation({ id: 'a', at: NOON })
    tell(one, 4, seen)
    one.replay(0)
    tell(other, 40, seen)
    expect(one.bytes(0, 40)).toEqual(other.bytes(0, 40))
    expect(one.at(0, 40, NOON)).toEqual(other.at(0, 40, NOON))
    one.forget(0)
    expect(one.at(0, 40, NOON)).toMatchObject({ state: 'unknown', reports: 0 })
    expect(one.isObserved(0)).toBe(false)
  })

  it('do not let retractions of what never came grow without end', () => {
    const estimates = inSanFrancisco()
    for (let i = 0; i < 10_001; i += 1) estimates.refuse(`r${i}`)
    expect(estimates.add(0, anObservation({ id: 'r10000', at: NOON }))).toBe(false)
    expect(estimates.add(0, anObservation({ id: 'r0', at: NOON }))).toBe(true)
  })
})
