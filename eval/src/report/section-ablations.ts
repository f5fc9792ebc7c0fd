import { runOptions, toMethods } from '../evaluate.ts'
import { ALL_PARTS, type Parts } from '#methods/kickstand.ts'
import type { Series } from '#series.ts'
import { shrinkLots } from '../modes/small-lots.ts'
import { run } from '../run.ts'
import { USUAL } from './section-series.ts'
import { markdownTable, SCORE_HEAD, scoreRows } from './table.ts'

/** What the estimator is without one of its parts. */
export const ABLATIONS: readonly { readonly name: string; readonly parts: Parts }[] = [
  { name: 'all', parts: ALL_PARTS },
  { name: 'no pooling', parts: { ...ALL_PARTS, pooling: false } },
  { name: 'no trust', parts: { ...ALL_PARTS, trust: false } },
  { name: 'no guard', parts: { ...ALL_PARTS, constants: { guardGain: 0 } } },
  { name: 'no scale of its own', parts: { ...ALL_PARTS, constants: { scaleStrength: 1e9 } } },
  { name: 'no slow deviation', parts: { ...ALL_PARTS, constants: { thetaSlow: 1e-6 } } },
  { name: 'no fast deviation', parts: { ...ALL_PARTS, constants: { thetaFast: 1e-6, psi: 1e-6 } } },
  { name: 'no outlier gate', parts: { ...ALL_PARTS, trust: false, constants: { outlierProbability: 1e-9 } } },
  { name: 'never forgets', parts: { ...ALL_PARTS, constants: { tauProfileDays: 1e9 } } },
  { name: 'forgets in a month', parts: { ...ALL_PARTS, constants: { tauProfileDays: 30 } } },
]

function silent(): void {}

/** Each part left out in turn. */
export function ablationSection(birmingham: Series, malaga: Series, seeds: number): string {
  const tables = [
    ['Birmingham', birmingham],
    ['Málaga, its first 150 days', firstDays(malaga, 150)],
  ] as const
  const written = tables.map(([name, series]) => {
    const options = { ...runOptions({ ...USUAL, seeds: Math.min(seeds, 3) }), baselines: false, variants: ABLATIONS }
    return `${name}:\n\n${markdownTable(SCORE_HEAD, scoreRows(toMethods(run(series, options, silent), USUAL.horizons)))}`
  })
  return `## What each part brings\n\n${written.join('\n\n')}`
}

/** More and fewer reports, a sensor, and nobody at all. */
export function bySituation(series: Series, seeds: number): string {
  const situations = [
    ['a report in 15 minutes', { reportsPerHour: 4 }],
    ['a report an hour', { reportsPerHour: 1 }],
    ['a report in 4 hours', { reportsPerHour: 0.25 }],
    ['a report a day', { reportsPerHour: 1 / 24 }],
    ['a sensor each 5 minutes', { sensorEvery: 5, history: 'counter' }],
    ['a sensor that died when judging began', { history: 'counter', reportsPerHour: 1e-6 }],
    ['noise of 20 %', { noise: 0.2 }],
  ] as const
  const rows = situations.flatMap(([name, change]) => {
    const options = {
      ...runOptions({ ...USUAL, horizons: [0, 60], ...change, seeds: Math.min(seeds, 2) }),
      baselines: false,
    }
    return scoreRows(toMethods(run(series, options, silent), [0, 60])).map((row) => [name, ...row.slice(1)])
  })
  return `## More, less, machines\n\nBirmingham.\n\n${markdownTable(['situation', ...SCORE_HEAD.slice(1)], rows)}`
}

/** Lots made small (see `shrinkLots`), under several crowds; nothing was chosen by them. */
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
        const options = { ...runOptions({ ...USUAL, ...change, seeds: Math.min(seeds, 2) }), baselines: false }
        const scored = scoreRows(toMethods(run(small, options, silent), USUAL.horizons))
        return scored.map((row) => [`${name}, ${from}–${to}, ${crowd}`, ...row.slice(1)])
      })
    }),
  )
  return `## Lots made small

No series of small lots was at hand, so these are made: real shares, as if the lots had so many spaces, with the coming and going
of so few added. They say whether the range holds, not how good the estimates are of real ones; no constant was chosen by them.

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
