import { exactBayes, simulateBay } from '../modes/simulated-bay.ts'
import { weekAhead } from '../modes/week-ahead.ts'
import { ALL_PARTS } from '#methods/kickstand.ts'
import { createTally, merge, scoresOf, type Scores, type Tally } from '#score/tally.ts'
import type { Series } from '#series.ts'
import { run, type MethodTallies, type RunOptions } from '../run.ts'
import { runOptions } from '../evaluate.ts'
import { DEFAULT_OPTIONS } from './section-series.ts'
import { markdownTable, SCORE_HEAD, scoreRows } from './table.ts'

const BAYS = 8
/** Anonymous riders: a single bay has too few reports per rider for a record. */
const BAY_CROWD = { reportsPerHour: 0.5, noise: 0.1, liars: 0.1, reporters: 0 }

function noProgress(): void {}

/** Adds up the scores of several runs of the same methods at one horizon. */
function addUp(totals: Map<string, Tally>, methods: readonly MethodTallies[]): void {
  for (const { name, horizons } of methods) {
    const sum = totals.get(name) ?? createTally()
    merge(sum, horizons[0])
    totals.set(name, sum)
  }
}

function scores(totals: ReadonlyMap<string, Tally>): Map<string, Scores> {
  return new Map([...totals].map(([name, tally]) => [name, scoresOf(tally)]))
}

function rowsOf(title: string, methods: ReadonlyMap<string, Scores>): string[][] {
  const named = [...methods].map(([name, of]) => ({ name, horizons: [{ minutes: 0, ...of }] }))
  return scoreRows(named).map(([name, , ...cells]) => [`${title}, ${name}`, ...cells])
}

/** Scores on simulated bays of 12 spaces, each evaluated alone, including exact Bayes. */
export function bayScores(history: 'crowd' | 'counter', seeds: number): Map<string, Scores> {
  const totals = new Map<string, Tally>()
  for (let seed = 1; seed <= BAYS; seed += 1) {
    const bay = simulateBay(seed)
    const options: RunOptions = {
      ...runOptions({ ...DEFAULT_OPTIONS, horizons: [0], history, seeds }),
      crowd: BAY_CROWD,
      methods: () => [exactBayes(bay, BAY_CROWD)],
    }
    addUp(totals, run(bay.series, options, noProgress))
  }
  return scores(totals)
}

/** The section of the report about a simulated bay, in which the true chances are known. */
export function baySection(seeds: number): string {
  const rows = (['crowd', 'counter'] as const).flatMap((history) =>
    rowsOf(history, bayScores(history, Math.min(seeds, 2))),
  )
  return `## A simulated bay of 12 spaces

${BAYS} bays with different hours and random arrivals; riders stay three hours on average and go elsewhere if a bay is full. Each is
evaluated alone, with unknown riders. \`exact-bayes\` knows the true rates and the share of liars, so it is the best possible method.

${markdownTable(['history, method', ...SCORE_HEAD.slice(2)], rows)}`
}

/** Scores of lots without observations in training, in `weeks` (from, to) after it; a quarter of the lots in turn. */
export function coldStartScores(series: Series, weeks: readonly [number, number], seeds: number): Map<string, Scores> {
  const totals = new Map<string, Tally>()
  for (let part = 0; part < 4; part += 1) {
    const options: RunOptions = {
      ...runOptions({ ...DEFAULT_OPTIONS, horizons: [0], seeds }),
      startsUnknown: (lot) => lot % 4 === part,
      testWeeks: weeks,
    }
    addUp(totals, run(series, options, noProgress))
  }
  totals.delete('persistence')
  return scores(totals)
}

/** The section of the report about zones without history: how the scores improve from day to day. */
export function coldStartSection(series: Series, seeds: number): string {
  const spans: readonly (readonly [name: string, from: number, to: number])[] = [
    ['day 1', 0, 1 / 7],
    ['days 2–3', 1 / 7, 3 / 7],
    ['week 1', 0, 1],
    ['week 2', 1, 2],
    ['weeks 3–4', 2, 4],
  ]
  const rows = spans.flatMap(([name, from, to]) =>
    rowsOf(name, coldStartScores(series, [from, to], Math.min(seeds, 2))),
  )
  return `## A new zone

Birmingham: a quarter of the lots in turn has no reports until the others have six weeks, then one report per two hours.

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

Birmingham: all readings until that day are known, and the next seven days are forecast at once. The last row is the split of the
authors of the series.

${markdownTable(['week', 'MAE', 'CRPS', 'in 80 %', 'MAE of repeating last week', 'n'], rows)}`
}
