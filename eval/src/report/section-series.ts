import { runOptions, toMethods, type EvaluateOptions } from '../evaluate.ts'
import { ALL_PARTS } from '#methods/kickstand.ts'
import { run } from '../run.ts'
import type { Series } from '#series.ts'
import { markdownTable, SCORE_HEAD, scoreRows } from './table.ts'

/** The conditions of the goals: a report per two hours, 10 % noise, 10 % liars, riders only. */
export const DEFAULT_OPTIONS: Omit<EvaluateOptions, 'series'> = {
  trainWeeks: 6,
  reportsPerHour: 0.5,
  noise: 0.1,
  liars: 0.1,
  history: 'crowd',
  sensorEvery: null,
  horizons: [0, 60],
  seeds: 5,
}

function noProgress(): void {}

/** Scores of all methods on one series: with riders only, then with six weeks of counter history. */
export function seriesSection(title: string, series: Series, seeds: number): string {
  const { dropped } = series
  const crowd = run(series, runOptions({ ...DEFAULT_OPTIONS, horizons: [0, 15, 30, 60], seeds }), noProgress)
  const counter = run(series, runOptions({ ...DEFAULT_OPTIONS, history: 'counter', seeds }), noProgress)
  return `## ${title}

Dropped: ${dropped.duplicates} duplicate, ${dropped.impossible} impossible, ${dropped.frozen} frozen readings; ${dropped.aboveCapacity} above the capacity counted as full. ${seeds} seeds.

${markdownTable(SCORE_HEAD, scoreRows(toMethods(crowd, [0, 15, 30, 60])))}

With six weeks of counter history before the riders:

${markdownTable(SCORE_HEAD, scoreRows(toMethods(counter, DEFAULT_OPTIONS.horizons)))}`
}

/** Scores with an increasing share of liars, with and without trust. */
export function liarSection(series: Series, seeds: number): string {
  const variants = [
    { name: 'with trust', parts: ALL_PARTS },
    { name: 'without', parts: { ...ALL_PARTS, trust: false } },
  ]
  const rows = [0, 0.1, 0.2, 0.3].flatMap((liars) => {
    const options = { ...runOptions({ ...DEFAULT_OPTIONS, horizons: [0], liars, seeds }), baselines: false, variants }
    const methods = toMethods(run(series, options, noProgress), [0])
    return scoreRows(methods).map((row) => [`${Math.round(100 * liars)} %, ${row[0]}`, ...row.slice(2)])
  })
  return `## Liars

Birmingham, now. A liar always reports the opposite extreme.

${markdownTable(['liars', ...SCORE_HEAD.slice(2)], rows)}`
}
