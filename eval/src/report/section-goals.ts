import { runOptions } from '../evaluate.ts'
import { ALL_PARTS } from '#methods/kickstand.ts'
import { scoresOf, type Scores } from '#score/tally.ts'
import type { Series } from '#series.ts'
import { run, type RunOptions } from '../run.ts'
import { bayScores, coldStartScores } from './section-modes.ts'
import { DEFAULT_OPTIONS } from './section-series.ts'
import { markdownTable } from './table.ts'
import { weekAhead } from '../modes/week-ahead.ts'

/** Resource use of the estimator, measured by `bench availability`. */
export type Cost = {
  readonly observationMicroseconds: number
  readonly sweepSeconds: number
  readonly liveBytes: number
  readonly learnedBytes: number
}

const AUTHORS_SPLIT = Date.UTC(2016, 11, 13) / 60_000

/** Errors as shares of the capacity; `liars`: how much 30 % of liars worsen the error, in percent. */
export type GoalFigures = {
  readonly birminghamMae: number
  readonly birminghamCrps: number
  readonly birminghamCoverage80: number
  readonly smallLotsMae: number
  readonly bayMae: number
  readonly liarsPercent: number
}

/** Each goal with the result of this run, as text and as figures. */
export function goalsSection(
  birmingham: Series,
  small: Series,
  seeds: number,
  cost: Cost,
): { readonly text: string; readonly figures: GoalFigures } {
  const now = (series: Series, change: Partial<RunOptions> = {}): Scores => {
    const options = { ...runOptions({ ...DEFAULT_OPTIONS, horizons: [0], seeds }), baselines: false, ...change }
    return scoresOf(run(series, options, () => {})[0].horizons[0])
  }
  const liars = (share: number): number =>
    now(birmingham, { crowd: { ...runOptions(DEFAULT_OPTIONS).crowd, liars: share } }).mae
  const four = ({ mae, brier10, crps, coverage80 }: Scores): string =>
    `MAE ${digits(mae)}, Brier ${digits(brier10)}, CRPS ${digits(crps)}, coverage ${coverage80.toFixed(2)}`
  const [none, many] = [liars(0), liars(0.3)]
  const week1 = coldStartScores(birmingham, [0, 1], Math.min(seeds, 3))
  const day1 = coldStartScores(birmingham, [0, 1 / 7], Math.min(seeds, 3))
  const ahead = weekAhead(birmingham, AUTHORS_SPLIT, ALL_PARTS)
  const [birminghamNow, smallNow] = [now(birmingham), now(small)]
  const bayMae = bayScores('crowd', Math.min(seeds, 2)).get('kickstand')?.mae ?? Number.NaN
  const liarsPercent = 100 * (many / none - 1)
  const rows = [
    ['Birmingham, riders only, now', 'MAE ≤ .064, Brier ≤ .045, CRPS ≤ .047, coverage .78–.90', four(birminghamNow)],
    ['small lots (here 100 and 129 spaces), now', 'MAE ≤ .095, CRPS ≤ .070, coverage .76–.90', four(smallNow)],
    ['simulated bays of 12', 'MAE ≤ .110', `MAE ${digits(bayMae)}`],
    [
      '30 % liars, with trust',
      'MAE at most 20 % above none',
      `${digits(none)} → ${digits(many)}, ${liarsPercent.toFixed(0)} % above`,
    ],
    [
      'a new zone',
      'week 1 MAE ≤ .110; better than decay to mean from day 1',
      `week 1 ${digits(week1.get('kickstand')?.mae)}; day 1 ${digits(day1.get('kickstand')?.mae)} against ${digits(day1.get('decay-to-mean')?.mae)}`,
    ],
    [
      'a week ahead, the authors’ split',
      'MAE ≤ .048',
      `MAE ${digits(ahead.kickstand.mae)}; repeating last week ${digits(ahead.lastWeek.mae)}`,
    ],
    [
      'cost',
      '≤ 1 µs an observation, a million zones swept in ≤ 0.3 s, ≤ 64 bytes a zone',
      `${cost.observationMicroseconds.toFixed(2)} µs, ${cost.sweepSeconds.toFixed(3)} s, ${cost.liveBytes} bytes (${cost.learnedBytes} more with observations)`,
    ],
  ]
  return {
    text: `## Goals\n\n${markdownTable(['what', 'goal', 'reached'], rows)}`,
    figures: {
      birminghamMae: birminghamNow.mae,
      birminghamCrps: birminghamNow.crps,
      birminghamCoverage80: birminghamNow.coverage80,
      smallLotsMae: smallNow.mae,
      bayMae,
      liarsPercent,
    },
  }
}

function digits(value: number | undefined): string {
  return (value ?? Number.NaN).toFixed(4)
}
