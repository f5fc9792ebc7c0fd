import { ALL_PARTS } from '#methods/kickstand.ts'
import { readSeries, type Format } from '#read/read-series.ts'
import { scoresOf, type Scores } from '#score/tally.ts'
import { run, type MethodTallies, type RunOptions } from './run.ts'
import type { Dropped } from './series.ts'

/** Number of reporters in a simulated city: each reports rarely, but some often enough for a record. */
export const REPORTERS = 200

export type EvaluateOptions = {
  readonly series: string
  readonly lots?: string | undefined
  readonly format?: Format | undefined
  readonly timeZone?: string | undefined
  readonly trainWeeks: number
  readonly reportsPerHour: number
  readonly noise: number
  readonly liars: number
  readonly history: 'crowd' | 'counter'
  readonly sensorEvery: number | null
  /** Minutes ahead. */
  readonly horizons: readonly number[]
  readonly minCapacity?: number | undefined
  readonly maxCapacity?: number | undefined
  readonly seeds: number
}

export type JsonMethod = {
  readonly name: string
  readonly horizons: readonly ({ readonly minutes: number } & Scores)[]
}

/** What `eval --json` writes. */
export type Evaluation = {
  readonly file: string
  readonly options: Omit<EvaluateOptions, 'series'>
  readonly dropped: Dropped
  readonly lots: readonly { readonly id: string; readonly capacity: number; readonly readings: number }[]
  readonly methods: readonly JsonMethod[]
}

/** Scores the estimator and the baselines on a file with real occupancy. */
export async function evaluate(
  options: EvaluateOptions,
  progress: (done: number, of: number) => void,
): Promise<Evaluation> {
  const { series: file, ...rest } = options
  const series = await readSeries({ ...options, minDays: 7 * (options.trainWeeks + 1) * 0.8 })
  const tallies = run(series, runOptions(options), progress)
  return {
    file,
    options: rest,
    dropped: series.dropped,
    lots: series.lots.map(({ id, capacity, minutes }) => ({ id, capacity, readings: minutes.length })),
    methods: toMethods(tallies, options.horizons),
  }
}

/** The evaluation protocol of docs/estimation.md §3 with these options. */
export function runOptions(options: Omit<EvaluateOptions, 'series'>): RunOptions {
  const { trainWeeks, reportsPerHour, noise, liars, history, sensorEvery, horizons, seeds } = options
  return {
    trainWeeks,
    crowd: { reportsPerHour, noise, liars, reporters: REPORTERS },
    history,
    sensorEvery,
    horizons,
    seeds,
    baselines: true,
    variants: [{ name: 'kickstand', parts: ALL_PARTS }],
  }
}

export function toMethods(tallies: readonly MethodTallies[], horizons: readonly number[]): JsonMethod[] {
  return tallies.map((method) => ({
    name: method.name,
    horizons: method.horizons.map((tally, i) => ({ minutes: horizons[i], ...scoresOf(tally) })),
  }))
}
