import { hourOfWeek, zoneOffsets } from '@kickstand/domain'
import { decayToMean, hourOfWeekProfile, lastReport, persistence } from '#methods/baselines.ts'
import { kickstand, type Parts } from '#methods/kickstand.ts'
import type { Method, MethodContext } from '#methods/method.ts'
import { createTally, merge, score, type Tally } from '#score/tally.ts'
import { shareAt, type Lot, type Series } from './series.ts'
import { simulateReadings, simulateReports, type Crowd, type Said } from './simulate.ts'

const STEP = 15
const WEEK = 7 * 1440

export type RunOptions = {
  readonly trainWeeks: number
  readonly crowd: Crowd
  readonly history: 'crowd' | 'counter'
  /** A live sensor's reading each so many minutes while testing; null without a sensor. */
  readonly sensorEvery: number | null
  readonly horizons: readonly number[]
  readonly seeds: number
  readonly baselines: boolean
  readonly variants: readonly { readonly name: string; readonly parts: Parts }[]
  /** Which weeks after training are judged (from, to); all without. */
  readonly testWeeks?: readonly [number, number]
  /** Lots that say nothing until their training is over, so that they begin as strangers among known ones. */
  readonly strangers?: (lot: number) => boolean
  /** More methods to judge beside these. */
  readonly methods?: (context: MethodContext) => Method[]
}

export type MethodTallies = { readonly name: string; readonly horizons: readonly Tally[] }

/** Runs all methods over the series once a seed and adds up their scores. */
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

/** What really was, every 15 minutes: NaN where the file does not say. */
type Grid = {
  readonly start: number
  readonly steps: number
  /** By horizon, lot and step: what was so much later. */
  readonly ahead: readonly (readonly Float32Array[])[]
  readonly now: readonly Float32Array[]
}

function truthOnGrid({ lots }: Series, horizons: readonly number[]): Grid {
  const start = Math.ceil(Math.min(...lots.map(({ minutes }) => minutes[0])) / STEP) * STEP
  const end = Math.max(...lots.map(({ minutes }) => minutes[minutes.length - 1]))
  const steps = Math.floor((end - start) / STEP) + 1
  const later = (ahead: number): Float32Array[] =>
    lots.map((lot) => Float32Array.from({ length: steps }, (_, i) => shareAt(lot, start + i * STEP + ahead)))
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
  const said = whatIsSaid(lots, options, trainEnd, seed)
  const reporters = crowd.reporters
  const offsetAt = zoneOffsets(timeZone)
  const context: MethodContext = {
    lots,
    horizons,
    hourOfWeek: (minute) => hourOfWeek(minute, offsetAt(minute), false),
    truthAt: (lot, minute) => grid.now[lot][(minute - grid.start) / STEP],
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
    const minute = grid.start + step * STEP
    const today = Math.floor((minute + offsetAt(minute)) / 1440)
    if (today !== day) {
      day = today
      for (const method of methods) method.endOfDay(minute)
      progress(step / grid.steps)
    }
    for (; next < said.length && said[next].minute <= minute; next += 1) {
      for (const method of methods) method.tell(said[next])
    }
    for (let h = 0; h < horizons.length; h += 1) {
      const ahead = horizons[h]
      for (const method of methods) method.setHorizon(h)
      for (let lot = 0; lot < lots.length; lot += 1) {
        const happened = grid.ahead[h][lot][step]
        if (Number.isNaN(happened) || Number.isNaN(grid.now[lot][step])) continue
        const week = (minute - trainEnd[lot]) / WEEK
        const isTest = week >= (options.testWeeks?.[0] ?? 0)
        if (isTest && options.strangers?.(lot) === false) continue
        if (!isTest && week < -options.trainWeeks / 2) continue
        if (isTest && week >= (options.testWeeks?.[1] ?? Infinity)) continue
        for (let m = 0; m < methods.length; m += 1) {
          if (!isTest && m < options.variants.length) continue
          methods[m].forecast(lot, minute, ahead, out)
          if (isTest) score(tallies[m][h], out[0], out[1], happened, lots[lot].capacity)
          else methods[m].learnError(h, out[0], happened)
        }
      }
    }
  }
  return methods.map(({ name }, m) => ({ name, horizons: tallies[m] }))
}

/** When a lot has been read for so many weeks; a silence of over a week does not count, nothing is learned in it. */
function endOfTraining({ minutes }: Lot, weeks: number): number {
  let left = weeks * WEEK
  for (let i = 1; i < minutes.length; i += 1) {
    const gap = minutes[i] - minutes[i - 1]
    if (gap > WEEK) continue
    if (gap >= left) return minutes[i - 1] + left
    left -= gap
  }
  return minutes[minutes.length - 1] + 1
}

function whatIsSaid(lots: readonly Lot[], options: RunOptions, trainEnd: readonly number[], seed: number): Said[] {
  const isStranger = options.strangers ?? (() => false)
  const crowd = simulateReports(lots, options.crowd, seed).filter(
    ({ lot, minute }) => minute >= trainEnd[lot] || !isStranger(lot),
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
