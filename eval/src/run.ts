import { hourOfWeek, zoneOffsets } from '@kickstand/domain'
import { decayToMean, hourOfWeekProfile, lastReport, persistence } from '#methods/baselines.ts'
import { kickstand, type Parts } from '#methods/kickstand.ts'
import type { Method, MethodContext } from '#methods/method.ts'
import { createTally, merge, score, type Tally } from '#score/tally.ts'
import { shareAt, type Lot, type Series } from './series.ts'
import { simulateReadings, simulateReports, type Crowd, type SimulatedObservation } from './simulate.ts'

const STEP_MINUTES = 15
const WEEK_MINUTES = 7 * 1440

export type RunOptions = {
  readonly trainWeeks: number
  readonly crowd: Crowd
  readonly history: 'crowd' | 'counter'
  /** Interval of live sensor readings while testing, minutes; null without a sensor. */
  readonly sensorEvery: number | null
  readonly horizons: readonly number[]
  readonly seeds: number
  readonly baselines: boolean
  readonly variants: readonly { readonly name: string; readonly parts: Parts }[]
  /** Weeks after training that are scored (from, to); all by default. */
  readonly testWeeks?: readonly [number, number]
  /** Lots without observations until the end of their training, which start unknown among known ones. */
  readonly startsUnknown?: (lot: number) => boolean
  /** Additional methods. */
  readonly methods?: (context: MethodContext) => Method[]
}

export type MethodTallies = { readonly name: string; readonly horizons: readonly Tally[] }

/** Runs all methods over the series for each seed and adds up their scores. */
export function run(
  series: Series,
  options: RunOptions,
  progress: (done: number, of: number) => void,
): MethodTallies[] {
  const totals = new Map<string, Tally[]>()
  const truth = truthOnGrid(series, options.horizons)
  for (let seed = 1; seed <= options.seeds; seed += 1) {
    const one = runSeed(series, truth, options, seed, (part) => progress(seed - 1 + part, options.seeds))
    for (const { name, horizons } of one) {
      const sum = totals.get(name) ?? options.horizons.map(createTally)
      horizons.forEach((tally, i) => merge(sum[i], tally))
      totals.set(name, sum)
    }
  }
  return [...totals].map(([name, horizons]) => ({ name, horizons }))
}

/** The true shares every 15 minutes; NaN where the file has none. */
type Grid = {
  readonly start: number
  readonly steps: number
  /** By horizon, lot and step: the share at that step plus the horizon. */
  readonly ahead: readonly (readonly Float32Array[])[]
  readonly now: readonly Float32Array[]
}

function truthOnGrid({ lots }: Series, horizons: readonly number[]): Grid {
  const start = Math.ceil(Math.min(...lots.map(({ minutes }) => minutes[0])) / STEP_MINUTES) * STEP_MINUTES
  const end = Math.max(...lots.map(({ minutes }) => minutes[minutes.length - 1]))
  const steps = Math.floor((end - start) / STEP_MINUTES) + 1
  const later = (ahead: number): Float32Array[] =>
    lots.map((lot) => Float32Array.from({ length: steps }, (_, i) => shareAt(lot, start + i * STEP_MINUTES + ahead)))
  return { start, steps, ahead: horizons.map(later), now: later(0) }
}

function runSeed(
  { lots, timeZone }: Series,
  grid: Grid,
  options: RunOptions,
  seed: number,
  progress: (part: number) => void,
): MethodTallies[] {
  const { horizons, crowd } = options
  const trainEnd = lots.map((lot) => endOfTraining(lot, options.trainWeeks))
  const observations = simulateObservations(lots, options, trainEnd, seed)
  const reporters = crowd.reporters
  const offsetAt = zoneOffsets(timeZone)
  const context: MethodContext = {
    lots,
    horizons,
    hourOfWeek: (minute) => hourOfWeek(minute, offsetAt(minute), false),
    truthAt: (lot, minute) => grid.now[lot][(minute - grid.start) / STEP_MINUTES],
  }
  const methods: Method[] = options.variants.map(({ name, parts }) => kickstand(context, reporters, parts, name))
  if (options.baselines) {
    for (const baseline of [lastReport, decayToMean, hourOfWeekProfile, persistence]) methods.push(baseline(context))
  }
  methods.push(...(options.methods?.(context) ?? []))
  const tallies = methods.map(() => horizons.map(createTally))
  const out = new Float64Array(2)
  let next = 0
  let day = Math.floor((grid.start + offsetAt(grid.start)) / 1440)
  for (let step = 0; step < grid.steps; step += 1) {
    const minute = grid.start + step * STEP_MINUTES
    const today = Math.floor((minute + offsetAt(minute)) / 1440)
    if (today !== day) {
      day = today
      for (const method of methods) method.endOfDay(minute)
      progress(step / grid.steps)
    }
    for (; next < observations.length && observations[next].minute <= minute; next += 1) {
      for (const method of methods) method.observe(observations[next])
    }
    for (let h = 0; h < horizons.length; h += 1) {
      const ahead = horizons[h]
      for (const method of methods) method.setHorizon(h)
      for (let lot = 0; lot < lots.length; lot += 1) {
        const outcome = grid.ahead[h][lot][step]
        if (Number.isNaN(outcome) || Number.isNaN(grid.now[lot][step])) continue
        const week = (minute - trainEnd[lot]) / WEEK_MINUTES
        const isTest = week >= (options.testWeeks?.[0] ?? 0)
        if (isTest && options.startsUnknown?.(lot) === false) continue
        if (!isTest && week < -options.trainWeeks / 2) continue
        if (isTest && week >= (options.testWeeks?.[1] ?? Infinity)) continue
        for (let m = 0; m < methods.length; m += 1) {
          if (!isTest && m < options.variants.length) continue
          methods[m].forecast(lot, minute, ahead, out)
          if (isTest) score(tallies[m][h], out[0], out[1], outcome, lots[lot].capacity)
          else methods[m].learnError(h, out[0], outcome)
        }
      }
    }
  }
  return methods.map(({ name }, m) => ({ name, horizons: tallies[m] }))
}

/** The minute at which a lot has had so many weeks of readings. Gaps of over a week do not count. */
function endOfTraining({ minutes }: Lot, weeks: number): number {
  let left = weeks * WEEK_MINUTES
  for (let i = 1; i < minutes.length; i += 1) {
    const gap = minutes[i] - minutes[i - 1]
    if (gap > WEEK_MINUTES) continue
    if (gap >= left) return minutes[i - 1] + left
    left -= gap
  }
  return minutes[minutes.length - 1] + 1
}

function simulateObservations(
  lots: readonly Lot[],
  options: RunOptions,
  trainEnd: readonly number[],
  seed: number,
): SimulatedObservation[] {
  const isUnknown = options.startsUnknown ?? (() => false)
  const crowd = simulateReports(lots, options.crowd, seed).filter(
    ({ lot, minute }) => minute >= trainEnd[lot] || !isUnknown(lot),
  )
  const parts = [options.history === 'counter' ? crowd.filter(({ lot, minute }) => minute >= trainEnd[lot]) : crowd]
  if (options.history === 'counter') {
    parts.push(simulateReadings(lots, 0, (lot) => [Number.NEGATIVE_INFINITY, trainEnd[lot]]))
  }
  if (options.sensorEvery !== null) {
    parts.push(simulateReadings(lots, options.sensorEvery, (lot) => [trainEnd[lot], Number.POSITIVE_INFINITY]))
  }
  return parts.length === 1 ? parts[0] : parts.flat().toSorted((a, b) => a.minute - b.minute || a.lot - b.lot)
}
