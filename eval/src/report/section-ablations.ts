import { runOptions, toMethods } from '../evaluate.ts'
import { ALL_PARTS, type Parts } from '#methods/kickstand.ts'
import type { Series } from '#series.ts'
import { shrinkLots } from '../modes/small-lots.ts'
import { run } from '../run.ts'
import { DEFAULT_OPTIONS } from './section-series.ts'
import { markdownTable, SCORE_HEAD, scoreRows } from './table.ts'

/** Variants of the estimator without one of its parts. */
export const ABLATIONS: readonly { readonly name: string; readonly parts: Parts }[] = [
  { name: 'all', parts: ALL_PARTS },
  { name: 'no learned prior', parts: { ...ALL_PARTS, learnsPrior: false } },
  { name: 'no trust', parts: { ...ALL_PARTS, trust: false } },
  { name: 'no guard', parts: { ...ALL_PARTS, constants: { guardGain: 0 } } },
  { name: 'no scale per zone', parts: { ...ALL_PARTS, constants: { scaleStrength: 1e9 } } },
  { name: 'no slow deviation', parts: { ...ALL_PARTS, constants: { thetaSlow: 1e-6 } } },
  { name: 'no fast deviation', parts: { ...ALL_PARTS, constants: { thetaFast: 1e-6, psi: 1e-6 } } },
  { name: 'no outlier model', parts: { ...ALL_PARTS, trust: false, constants: { outlierProbability: 1e-9 } } },
  { name: 'no decay', parts: { ...ALL_PARTS, constants: { tauProfileDays: 1e9 } } },
  { name: 'decay in a month', parts: { ...ALL_PARTS, constants: { tauProfileDays: 30 } } },
]

function noProgress(): void {}

/** Scores without each part in turn. */
export function ablationSection(birmingham: Series, malaga: Series, seeds: number): string {
  const tables = [
    ['Birmingham', birmingham],
    ['Málaga, its first 150 days', firstDays(malaga, 150)],
  ] as const
  const written = tables.map(([name, series]) => {
    const options = {
      ...runOptions({ ...DEFAULT_OPTIONS, seeds: Math.min(seeds, 3) }),
      baselines: false,
      variants: ABLATIONS,
    }
    return `${name}:\n\n${markdownTable(SCORE_HEAD, scoreRows(toMethods(run(series, options, noProgress), DEFAULT_OPTIONS.horizons)))}`
  })
  return `## Effect of each part\n\n${written.join('\n\n')}`
}

/** Scores with more and fewer reports, with a sensor, and without reports. */
export function bySituation(series: Series, seeds: number): string {
  const situations = [
    ['a report in 15 minutes', { reportsPerHour: 4 }],
    ['a report an hour', { reportsPerHour: 1 }],
    ['a report in 4 hours', { reportsPerHour: 0.25 }],
    ['a report a day', { reportsPerHour: 1 / 24 }],
    ['a sensor every 5 minutes', { sensorEvery: 5, history: 'counter' }],
    ['a sensor that failed at the start of the test', { history: 'counter', reportsPerHour: 1e-6 }],
    ['noise of 20 %', { noise: 0.2 }],
  ] as const
  const rows = situations.flatMap(([name, change]) => {
    const options = {
      ...runOptions({ ...DEFAULT_OPTIONS, horizons: [0, 60], ...change, seeds: Math.min(seeds, 2) }),
      baselines: false,
    }
    return scoreRows(toMethods(run(series, options, noProgress), [0, 60])).map((row) => [name, ...row.slice(1)])
  })
  return `## More and fewer reports, sensors\n\nBirmingham.\n\n${markdownTable(['situation', ...SCORE_HEAD.slice(1)], rows)}`
}

/** Scores on simulated small lots (see `shrinkLots`) with several crowds. Not used to choose constants. */
export function smallSection(birmingham: Series, malaga: Series, seeds: number): string {
  const sources = [
    ['Birmingham', birmingham],
    ['Málaga, its first 150 days', firstDays(malaga, 150)],
  ] as const
  const crowds = [
    ['usual', {}],
    ['a report in 4 hours', { reportsPerHour: 0.25 }],
    ['noise of 20 %', { noise: 0.2 }],
    ['30 % liars', { liars: 0.3 }],
  ] as const
  const rows = sources.flatMap(([name, series]) =>
    (
      [
        [8, 15],
        [19, 55],
        [63, 150],
      ] as const
    ).flatMap(([from, to]) => {
      const small = shrinkLots(series, from, to, 1)
      return crowds.flatMap(([crowd, change]) => {
        const options = {
          ...runOptions({ ...DEFAULT_OPTIONS, ...change, seeds: Math.min(seeds, 2) }),
          baselines: false,
        }
        const scored = scoreRows(toMethods(run(small, options, noProgress), DEFAULT_OPTIONS.horizons))
        return scored.map((row) => [`${name}, ${from}–${to}, ${crowd}`, ...row.slice(1)])
      })
    }),
  )
  return `## Simulated small lots

No series of small lots was available, so these are simulated: real shares in lots with so many spaces, plus the turnover noise of
lots of that size. They test whether the range is calibrated, not the quality on real lots; they were not used to choose constants.

${markdownTable(['lots of so many spaces', ...SCORE_HEAD.slice(1)], rows)}`
}

/** The first days of each lot. */
export function firstDays(series: Series, days: number): Series {
  const lots = series.lots.map((lot) => {
    const end = lot.minutes.findIndex((minute) => minute > lot.minutes[0] + days * 1440)
    return end < 0 ? lot : { ...lot, minutes: lot.minutes.slice(0, end), occupied: lot.occupied.slice(0, end) }
  })
  return { ...series, lots }
}
