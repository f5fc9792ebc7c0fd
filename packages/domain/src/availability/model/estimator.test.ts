import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOfFree } from '../publish.ts'
import { answerZone } from './answer.ts'
import { weekPoint } from './week-basis.ts'
import { createState, STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import { CONSTANTS } from './constants.ts'
import { forecastShare } from './forecast-share.ts'
import { OBSERVED, observeZone, setCapacity, type Observed } from './observe.ts'
import { basePrior } from './prior.ts'
import { decodePrior, encodePrior } from './prior-bytes.ts'
import { qualifiesForPrior } from './learn-prior.ts'
import { moveToPrior, relearnPrior } from './relearn-prior.ts'
import { decodeZone, encodeZone } from './zone-bytes.ts'

const START = 29_500_000
const OUTLIER_PROBABILITY = 0.15
const ANSWER_SOURCE = { observedAt: START * 60_000, source: 'rider', reports: 1 } as const

type Step = {
  readonly kind: Observed
  readonly value: number
  readonly after: number
  readonly outlierProbability: number
}

const kinds = Object.values(OBSERVED)
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  value: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 30 }) },
    { weight: 1, arbitrary: fc.constantFrom(-1, -9, 9999, Number.NaN, Infinity, 65_535) },
  ),
  // Minutes since the one before; negative for one that arrives late.
  after: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 600 }) },
    { weight: 1, arbitrary: fc.integer({ min: -2_000, max: 20_000 }) },
  ),
  outlierProbability: fc.double({ min: 0.01, max: 0.95, noNaN: true }),
})
const capacityOf = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 20 }), fc.constantFrom(60, 400, 4_000))

function aState(capacity: number | null): EstimatorState {
  const state = createState(2, [basePrior()])
  setCapacity(state, 0, capacity)
  return state
}

function applyAll(state: EstimatorState, steps: readonly Step[], from = START): number {
  let minute = from
  for (const { kind, value, after, outlierProbability } of steps) {
    minute += after
    observeZone(state, 0, kind, value, minute, (minute / 60) % 168, outlierProbability)
  }
  return minute
}

/** Mean and variance of the share at a minute. */
function shareOf(state: EstimatorState, minute: number): readonly [mean: number, variance: number] {
  const out = new Float64Array(2)
  forecastShare(state, 0, minute, weekPoint((minute / 60) % 168), CONSTANTS, out)
  return [out[0], out[1]]
}

describe('estimator', () => {
  it('keeps every figure possible, through 10,000 random sequences', () => {
    fc.assert(
      fc.property(
        capacityOf,
        fc.array(step, { maxLength: 25 }),
        fc.integer({ min: 0, max: 1_440 }),
        (capacity, steps, ahead) => {
          const state = aState(capacity)
          const minute = applyAll(state, steps) + ahead
          const slot = state.columns.slot[0]
          for (let i = 0; i < (slot < 0 ? 0 : STATE_SIZE); i += 1) {
            if (!(state.learned.covariance[slot * STATE_PACKED + (i * (i + 3)) / 2] > 0))
              throw new Error(`variance ${i}`)
          }
          const [mean, variance] = shareOf(state, minute)
          if (!Number.isFinite(mean) || !(variance > 0)) throw new Error(`mean ${mean}, variance ${variance}`)
          const answer = answerZone(state, 0, capacity, minute, (minute / 60) % 168, ANSWER_SOURCE)
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
          if (!steps.some(({ kind }) => kind === OBSERVED.reading)) {
            const sd = Math.sqrt(CONSTANTS.publishFactor * variance)
            expect(answer.chance).toBeCloseTo(chanceOfFree(1, state.columns.capacity[0], mean, sd), 5)
          }
          for (const free of [answer.expectedFree, answer.freeLow, answer.freeHigh]) {
            if (capacity === null) expect(free).toBeNull()
            else expect(free).toBeGreaterThanOrEqual(0)
            if (capacity !== null) expect(free).toBeLessThanOrEqual(capacity)
          }
          expect(answer.freeLow ?? 0).toBeLessThanOrEqual(answer.freeHigh ?? 0)
        },
      ),
      { numRuns: 10_000 },
    )
  }, 120_000)

  it('gives less chance the more is said to be occupied', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 0, max: 10_079 }),
        fc.constantFrom(OBSERVED.count, OBSERVED.reading),
        (capacity, minute, kind) => {
          // A count of 0 has a little less effect than 1, and a full count less than one below: false reports are often extremes.
          const chances = Array.from({ length: capacity + 1 }, (_, occupied) => {
            const state = aState(capacity)
            observeZone(state, 0, kind, occupied, START + minute, minute / 60, OUTLIER_PROBABILITY)
            return answerZone(state, 0, capacity, START + minute, minute / 60, ANSWER_SOURCE).chance ?? Number.NaN
          })
          for (let i = 1; i < chances.length; i += 1) {
            expect(chances[i]).toBeLessThanOrEqual(chances[i - 1] + (i < capacity ? 0.02 : 0.1))
          }
          expect(chances[capacity]).toBeLessThan(chances[0])
        },
      ),
      { numRuns: 300 },
    )
  })

  it('gives less chance of more spaces, and less of any where more is occupied', () => {
    const mean = fc.double({ min: -0.5, max: 1.5, noNaN: true })
    const sd = fc.double({ min: 0.001, max: 0.6, noNaN: true })
    fc.assert(
      fc.property(mean, mean, sd, fc.integer({ min: 1, max: 50 }), (a, b, s, k) => {
        const [less, more] = a < b ? [a, b] : [b, a]
        expect(chanceOfFree(k, 50, more, s)).toBeLessThanOrEqual(chanceOfFree(k, 50, less, s) + 2e-7)
        expect(chanceOfFree(k + 1, 50, a, s)).toBeLessThanOrEqual(chanceOfFree(k, 50, a, s) + 2e-7)
      }),
    )
  })

  it('is unknown for a zone without observations, at any hour', () => {
    const state = aState(12)
    for (let hour = 0; hour < 168; hour += 1) {
      const answer = answerZone(state, 0, 12, START + 60 * hour, hour, {
        ...ANSWER_SOURCE,
        source: 'none',
        observedAt: null,
      })
      expect(answer).toMatchObject({ state: 'unknown', chance: null, expectedFree: null, source: 'none' })
    }
  })

  it('is known from a report, then unknown once that has decayed, then known from history after many reports', () => {
    const state = aState(12)
    const at = (minute: number) => answerZone(state, 0, 12, minute, (minute / 60) % 168, ANSWER_SOURCE)
    observeZone(state, 0, OBSERVED.count, 4, START, (START / 60) % 168, OUTLIER_PROBABILITY)
    expect(at(START)).toMatchObject({ source: 'rider' })
    expect(at(START + 20 * 1440)).toMatchObject({ state: 'unknown', source: 'none' })
    for (let day = 1; day < 30; day += 1) {
      for (const hour of [0, 4, 8, 12, 16, 20]) {
        const minute = START + day * 1440 + hour * 60
        observeZone(state, 0, OBSERVED.count, 4, minute, (minute / 60) % 168, OUTLIER_PROBABILITY)
      }
    }
    const later = at(START + 40 * 1440)
    expect(later).toMatchObject({ source: 'history', observedAt: null })
    expect(later.expectedFree).toBeCloseTo(8, 0)
  })

  it('learns what is usual at an hour and expects it a week later', () => {
    const state = aState(20)
    for (let day = 0; day < 42; day += 1) {
      for (const [hour, bikes] of [
        [3, 2],
        [9, 15],
        [13, 18],
        [18, 9],
        [22, 3],
      ] as const) {
        const minute = START + day * 1440 + hour * 60
        observeZone(state, 0, OBSERVED.count, bikes, minute, (minute / 60) % 168, OUTLIER_PROBABILITY)
      }
    }
    const [noon] = shareOf(state, START + 50 * 1440 + 13 * 60)
    const [night] = shareOf(state, START + 50 * 1440 + 3 * 60)
    expect(noon).toBeGreaterThan(0.75)
    expect(night).toBeLessThan(0.25)
  })

  it('is rebuilt to the last bit from a snapshot and the observations after it', () => {
    fc.assert(
      fc.property(
        capacityOf,
        fc.array(step, { maxLength: 20 }),
        fc.array(step, { maxLength: 20 }),
        (capacity, before, after) => {
          const running = aState(capacity)
          const minute = applyAll(running, before)
          const rebuilt = createState(2, [basePrior()])
          expect(decodeZone(rebuilt, 0, encodeZone(running, 0))).toBe(true)
          applyAll(running, after, minute)
          applyAll(rebuilt, after, minute)
          expect(encodeZone(rebuilt, 0)).toEqual(encodeZone(running, 0))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('rejects bytes that are not a zone', () => {
    const state = aState(12)
    applyAll(state, [{ kind: OBSERVED.count, value: 3, after: 0, outlierProbability: OUTLIER_PROBABILITY }])
    const bytes = encodeZone(state, 0)
    expect(decodeZone(state, 1, bytes.slice(0, -1))).toBe(false)
    expect(decodeZone(state, 1, new Uint8Array(0))).toBe(false)
    expect(
      decodeZone(
        state,
        1,
        Uint8Array.from(bytes, (byte, i) => (i === 0 ? 200 : byte)),
      ),
    ).toBe(false)
    expect(state.columns.at[1]).toBe(0)
  })
})

describe('priors', () => {
  it('make a zone without observations start like its neighbours', () => {
    const state = createState(9, [basePrior()])
    for (let row = 0; row < 8; row += 1) {
      setCapacity(state, row, 20)
      for (let i = 0; i < 200; i += 1) {
        const minute = START + i * 200
        observeZone(state, row, OBSERVED.count, 16 + (row % 3), minute, (minute / 60) % 168, OUTLIER_PROBABILITY)
      }
    }
    setCapacity(state, 8, 20)
    const before = new Float64Array(2)
    forecastShare(state, 8, START, 500, CONSTANTS, before)
    relearnPrior(state, 0, basePrior(), [0, 1, 2, 3, 4, 5, 6, 7, 8])
    const after = new Float64Array(2)
    forecastShare(state, 8, START, 500, CONSTANTS, after)
    expect(after[0]).toBeGreaterThan(0.75)
    expect(after[1]).toBeLessThan(0.7 * before[1])
  })

  it('change nothing that a zone has learned when the prior stays the same', () => {
    const state = aState(12)
    for (let i = 0; i < 60; i += 1)
      observeZone(state, 0, OBSERVED.count, 5, START + 97 * i, (i * 1.6) % 168, OUTLIER_PROBABILITY)
    const [mean, variance] = shareOf(state, START + 6_000)
    state.priors.push(basePrior())
    moveToPrior(state, 0, 1)
    const again = shareOf(state, START + 6_000)
    expect(again[0]).toBeCloseTo(mean, 4)
    expect(again[1]).toBeCloseTo(variance, 4)
  })

  it('are stored and read back to the last bit', () => {
    const state = aState(12)
    for (let i = 0; i < 60; i += 1)
      observeZone(state, 0, OBSERVED.count, 5, START + 97 * i, (i * 1.6) % 168, OUTLIER_PROBABILITY)
    relearnPrior(state, 0, basePrior(), [0, 1])
    const read = decodePrior(encodePrior(state.priors[0]))
    expect(read?.mean).toEqual(state.priors[0].mean)
    expect(read?.covariance).toEqual(state.priors[0].covariance)
    expect(decodePrior(new Uint8Array(3))).toBeNull()
  })

  it('stay sound through a year of nights, with any observations by day', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 60 }), (steps) => {
        const state = aState(12)
        setCapacity(state, 1, 30)
        let minute = START
        for (const [night, { kind, value, outlierProbability }] of steps.entries()) {
          minute = START + night * 8_640
          for (const row of [0, 1])
            observeZone(state, row, kind, value, minute, (minute / 60) % 168, outlierProbability)
          // As the nightly job does: a zone whose reports contradict one another is not used to learn a prior.
          const teachers = [0, 1].filter((row) => qualifiesForPrior(state, row))
          relearnPrior(state, 0, basePrior(), teachers)
          const [mean, variance] = shareOf(state, minute + 60)
          expect(Math.abs(mean)).toBeLessThan(3)
          expect(variance).toBeGreaterThan(0)
          expect(variance).toBeLessThan(1)
        }
      }),
      { numRuns: 12 },
    )
  }, 60_000)
})
