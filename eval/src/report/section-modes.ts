import { toMethods } from '../evaluate.ts'
import { exactBayes, simulateBay } from '../modes/simulated-bay.ts'
import { weekAhead } from '../modes/week-ahead.ts'
import { ALL_PARTS } from '#methods/kickstand.ts'
import { createTally, merge, type Tally } from '#score/tally.ts'
import type { Series } from '#series.ts'
import { run, type RunOptions } from '../run.ts'
import { runOptions } from '../evaluate.ts'
import { USUAL } from './section-series.ts'
import { markdownTable, SCORE_HEAD, scoreRows } from './table.ts'

const BAYS = 8
/** Anonymous riders: a bay alone sees too few reports of anyone to know him. */
const BAY_CROWD = { reportsPerHour: 0.5, noise: 0.1, liars: 0.1, reporters: 0 }

function silent(): void {}

/** Bays of 12 spaces, each alone, beside who knows the true rates. */
export function baySection(seeds: number): string {
  const rows: string[][] = []
  for (const history of ['crowd', 'counter'] as const) {
    const totals = new Map<string, Tally>()
    for (let seed = 1; seed <= BAYS; seed += 1) {
      const bay = simulateBay(seed)
      const options: RunOptions = {
        ...runOptions({ ...USUAL, horizons: [0], history, seeds: Math.min(seeds, 2) }),
        crowd: BAY_CROWD,
        methods: () => [exactBayes(bay, BAY_CROWD)],
      }
      for (const { name, horizons } of run(bay.series, options, silent)) {
        const sum = totals.get(name) ?? createTally()
        merge(sum, horizons[0])
        totals.set(name, sum)
      }
    }
    const methods = [...totals].map(([name, tally]) => ({ name, horizons: [tally] }))
    for (const row of scoreRows(toMethods(methods, [0]))) rows.push([`${row[0]}, ${history}`, ...row.slice(2)])
  }
  return `## A simulated bay of 12 spaces

${BAYS} bays, each with its own hours, where riders come at random, stay three hours on average and go elsewhere if it is full.
Each is judged alone, its riders unknown. \`exact-bayes\` knows the true rates and the share of liars: nobody can do better.

${markdownTable(['method, history', ...SCORE_HEAD.slice(2)], rows)}`
}

/** A quarter of the lots says nothing until training is over, in turn. */
export function coldStartSection(series: Series, seeds: number): string {
  const spans: readonly (readonly [name: string, from: number, to: number])[] = [
    ['day 1', 0, 1 / 7],
    ['days 2–3', 1 / 7, 3 / 7],
    ['week 1', 0, 1],
    ['week 2', 1, 2],
    ['weeks 3–4', 2, 4],
  ]
  const rows = spans.flatMap(([name, from, to]) => {
    const totals = new Map<string, Tally>()
    for (let fold = 0; fold < 4; fold += 1) {
      const options: RunOptions = {
        ...runOptions({ ...USUAL, horizons: [0], seeds: Math.min(seeds, 3) }),
        strangers: (lot) => lot % 4 === fold,
        testWeeks: [from, to],
      }
      for (const method of run(series, options, silent)) {
        const sum = totals.get(method.name) ?? createTally()
        merge(sum, method.horizons[0])
        totals.set(method.name, sum)
      }
    }
    totals.delete('persistence')
    const methods = [...totals].map(([method, tally]) => ({ name: method, horizons: [tally] }))
    return scoreRows(toMethods(methods, [0])).map((row) => [`${name}, ${row[0]}`, ...row.slice(2)])
  })
  return `## A zone never seen before

Birmingham: a quarter of the lots, in turn, says nothing until the others have six weeks; then a report in two hours.

${markdownTable(['time, method', ...SCORE_HEAD.slice(2)], rows)}`
}

/** The split of the authors of the Birmingham series, and the three weeks before it. */
export function weekAheadSection(series: Series): string {
  const rows = [
    [11, 22],
    [11, 29],
    [12, 6],
    [12, 13],
  ].map(([month, day]) => {
    const result = weekAhead(series, Date.UTC(2016, month - 1, day) / 60_000, ALL_PARTS)
    const { kickstand, lastWeek } = result
    const figures = [kickstand.mae, kickstand.crps, kickstand.coverage80, lastWeek.mae]
    return [`from 2016-${month}-${day}`, ...figures.map((value) => value.toFixed(4)), String(kickstand.n)]
  })
  return `## A week ahead

Birmingham: all readings until that day are known, the seven days after it are forecast at once. The last row is the split of
the authors of the series.

${markdownTable(['week', 'MAE', 'CRPS', 'in 80 %', 'MAE of last week repeated', 'n'], rows)}`
}
