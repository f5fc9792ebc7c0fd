import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEVELS } from '../reports/report.ts'
import { createEstimateColumns, forecast, observe, resetEstimate } from './estimator.ts'
import { compareObservations, type Observation } from './observation.ts'
import { publish } from './publish.ts'

const NOON = Date.UTC(2026, 2, 4, 12)
const HOUR = 3_600_000
const BASIS = { observedAt: NOON, source: 'rider', reports: 1 } as const

const capacity = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 12 }), fc.constantFrom(40, 200, 5_000))
const time = fc.integer({ min: NOON - 24 * HOUR, max: NOON })
const observation: fc.Arbitrary<Observation> = fc
  .record({
    id: fc.uuid(),
    at: time,
    what: fc.oneof(
      fc.record({ kind: fc.constant('count' as const), count: fc.integer({ min: 0, max: 10_000 }) }),
      fc.record({ kind: fc.constant('level' as const), level: fc.constantFrom(...LEVELS) }),
      fc.record({ kind: fc.constantFrom('arrived' as const, 'left' as const) }),
    ),
  })
  .map(({ id, at, what }) => ({ id, at, count: null, level: null, ...what }))

/** One row that has seen these, in the order that every server folds them in. */
function seen(capacityOf: number | null, observations: readonly Observation[]) {
  const columns = createEstimateColumns(1)
  for (const one of observations.toSorted(compareObservations)) observe(columns, 0, capacityOf, one)
  return columns
}

function told(capacityOf: number | null, observations: readonly Partial<Observation>[], at = NOON) {
  const all = observations.map((one, i) => ({
    id: String(i),
    at: NOON,
    kind: 'count' as const,
    count: null,
    level: null,
    ...one,
  }))
  return publish(seen(capacityOf, all), 0, capacityOf, at, BASIS)
}

describe('estimator', () => {
  it('keeps every figure possible, whatever is reported in whatever order of time', () => {
    fc.assert(
      fc.property(
        capacity,
        fc.array(observation, { maxLength: 40 }),
        fc.integer({ min: NOON, max: NOON + 48 * HOUR }),
        (c, observations, at) => {
          const columns = seen(c, observations)
          expect(columns.variance[0]).toBeGreaterThanOrEqual(0)
          expect(columns.deviation[0]).toBeGreaterThanOrEqual(-1)
          expect(columns.deviation[0]).toBeLessThanOrEqual(1)
          const answer = publish(columns, 0, c, at, BASIS)
          if (answer.state === 'unknown') {
            expect([answer.chance, answer.expectedFree, answer.freeLow, answer.freeHigh]).toEqual([
              null,
              null,
              null,
              null,
            ])
            return
          }
          expect(answer.chance).toBeGreaterThanOrEqual(0)
          expect(answer.chance).toBeLessThanOrEqual(1)
          if (c === null) {
            expect([answer.expectedFree, answer.freeLow, answer.freeHigh]).toEqual([null, null, null])
            return
          }
          for (const free of [answer.expectedFree, answer.freeLow, answer.freeHigh]) {
            expect(free).toBeGreaterThanOrEqual(0)
            expect(free).toBeLessThanOrEqual(c)
          }
          expect(answer.freeLow).toBeLessThanOrEqual(answer.freeHigh ?? -1)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('knows nothing of a zone that nobody has reported, and nothing again once it is forgotten', () => {
    const columns = createEstimateColumns(2)
    const out = { mean: 0, variance: 0 }
    expect(forecast(columns, 1, 10, NOON, out)).toBe(false)
    observe(columns, 1, 10, { id: 'a', at: NOON, kind: 'count', count: 4, level: null })
    expect(forecast(columns, 1, 10, NOON, out)).toBe(true)
    expect(forecast(columns, 0, 10, NOON, out)).toBe(false)
    resetEstimate(columns, 1)
    expect(forecast(columns, 1, 10, NOON, out)).toBe(false)
  })

  it.each([
    { what: { kind: 'count', count: 0 } as const, more: 0.9, less: 1 },
    { what: { kind: 'count', count: 6 } as const, more: 0.85, less: 1 },
    { what: { kind: 'count', count: 12 } as const, more: 0.3, less: 0.75 },
    { what: { kind: 'count', count: 30 } as const, more: 0.3, less: 0.75 },
    { what: { kind: 'level', level: 'plenty' } as const, more: 0.95, less: 1 },
    { what: { kind: 'level', level: 'few' } as const, more: 0.6, less: 0.95 },
    { what: { kind: 'level', level: 'full' } as const, more: 0.3, less: 0.75 },
  ])('one report of $what on a zone of 12 is worth an answer', ({ what, more, less }) => {
    const { state, chance } = told(12, [what])
    expect(state).not.toBe('unknown')
    expect(chance).toBeGreaterThanOrEqual(more)
    expect(chance).toBeLessThanOrEqual(less)
  })

  it('grows surer with every rider who says the same', () => {
    const full = [1, 2, 3, 4].map((n) =>
      told(
        12,
        Array.from({ length: n }, (_, i) => ({ at: NOON - i, kind: 'level', level: 'full' })),
      ),
    )
    const chances = full.map(({ chance }) => chance ?? 1)
    expect(chances).toEqual(chances.toSorted((a, b) => b - a))
    expect(full.at(-1)?.state).toBe('full')
    expect(full.at(-1)?.expectedFree).toBeLessThan(1)
    const counted = told(
      12,
      [1, 2, 3].map((i) => ({ at: NOON - i, count: 4 })),
    )
    expect(counted.expectedFree).toBeCloseTo(8, 0)
  })

  it('takes an arrival for one space less and a departure for one more', () => {
    const before = told(6, [{ at: NOON - 1, count: 3 }])
    const parked = told(6, [{ at: NOON - 1, count: 3 }, { kind: 'arrived' }])
    const left = told(6, [{ at: NOON - 1, count: 3 }, { kind: 'left' }])
    expect(parked.expectedFree).toBeLessThan((before.expectedFree ?? 0) - 0.5)
    expect(left.expectedFree).toBeGreaterThan((before.expectedFree ?? 0) + 0.5)
  })

  it('grows less sure with age and says unknown before the day is over', () => {
    const ages = [0, 1, 2, 4, 8, 24].map((hours) => told(10, [{ count: 9 }], NOON + hours * HOUR))
    const widths = ages.flatMap(({ freeLow, freeHigh }) => (freeLow === null ? [] : [(freeHigh ?? 0) - freeLow]))
    expect(widths.length).toBeGreaterThanOrEqual(2)
    expect(widths).toEqual(widths.toSorted((a, b) => a - b))
    expect(ages.at(-1)?.state).toBe('unknown')
    expect(ages.at(-1)?.observedAt).toBeNull()
  })

  it('is the same however the observations came in', () => {
    fc.assert(
      fc.property(capacity, fc.array(observation, { minLength: 1, maxLength: 12 }), fc.nat(), (c, all, turn) => {
        const turned = [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)]
        expect(seen(c, turned)).toEqual(seen(c, all))
      }),
    )
  })
})
