import type { CityScore } from './evaluate-plan.ts'
import { POLICIES, type PolicyName } from './policies.ts'
import { seeded } from '#random.ts'

/** A mean over cities with its 95 % confidence interval. */
type Interval = { readonly mean: number; readonly low: number; readonly high: number }

export type Measure = 'parked' | 'there' | 'beyond'

const RESAMPLES = 2_000
/** Goals of docs/estimation.md §4: the share of time that the plan should save. */
const GOALS = [
  ['nearest-first', 0.25],
  ['most-free-first', 0.15],
] as const
const MEASURES: readonly (readonly [Measure, string])[] = [
  ['parked', 'until parked'],
  ['there', 'until parked and walked'],
  ['beyond', 'searching and walking'],
]

/** Confidence interval of a figure over several cities by the bootstrap, with fixed draws. */
function interval(scores: readonly CityScore[], figure: (cities: readonly CityScore[]) => number): Interval {
  const random = seeded(1)
  const drawn = Array.from({ length: RESAMPLES }, () =>
    figure(scores.map(() => scores[Math.floor(random() * scores.length)])),
  ).toSorted((a, b) => a - b)
  return {
    mean: figure(scores),
    low: drawn[Math.floor(0.025 * RESAMPLES)],
    high: drawn[Math.floor(0.975 * RESAMPLES)],
  }
}

function mean(scores: readonly CityScore[], name: PolicyName, figure: keyof CityScore['methods'][PolicyName]): number {
  return scores.reduce((sum, { methods }) => sum + methods[name][figure], 0) / scores.length
}

/** Share of the time that one policy saves compared with another, over the same riders. */
export function savedBy(
  scores: readonly CityScore[],
  policy: PolicyName,
  other: PolicyName,
  measure: Measure,
): Interval {
  return interval(scores, (cities) => 1 - mean(cities, policy, measure) / mean(cities, other, measure))
}

/** The scores as Markdown tables: by policy over all cities, savings of the plan compared with the goals, and by occupancy. */
export function describePlanScores(scores: readonly CityScore[]): string {
  return [
    describePolicies(scores),
    'Time saved by plans, with 95 % confidence intervals:',
    describeSavings(scores),
    'By occupancy (seconds until parked and walked; share saved by the plan):',
    describeFullness(scores),
  ].join('\n\n')
}

function describePolicies(scores: readonly CityScore[]): string {
  const rows = POLICIES.map((name) => {
    const parked = interval(scores, (cities) => mean(cities, name, 'parked'))
    const there = interval(scores, (cities) => mean(cities, name, 'there'))
    return [
      name,
      seconds(parked),
      seconds(there),
      mean(scores, name, 'beyond').toFixed(0),
      mean(scores, name, 'stops').toFixed(2),
      percent(mean(scores, name, 'firstFree')),
      percent(mean(scores, name, 'gaveUp')),
    ]
  })
  return table(
    [
      'policy',
      'seconds until parked',
      'seconds until parked and walked',
      'of it searching and walking',
      'bays tried',
      'first had a space',
      'gave up',
    ],
    rows,
  )
}

function describeSavings(scores: readonly CityScore[]): string {
  const compared = ['plan', 'plan-once', 'plan-parked'] as const
  const rows = GOALS.flatMap(([other, goal]) =>
    MEASURES.flatMap(([measure, label]) =>
      compared.map((policy) => {
        const saved = savedBy(scores, policy, other, measure)
        const verdict = `≥ ${percent(goal)}: ${saved.mean >= goal ? 'met' : 'missed'}`
        return [
          policy,
          other,
          label,
          `${percent(saved.mean)} (${percent(saved.low)} to ${percent(saved.high)})`,
          verdict,
        ]
      }),
    ),
  )
  return table(['policy', 'against', 'seconds', 'saved', 'goal'], rows)
}

function describeFullness(scores: readonly CityScore[]): string {
  const targets = [...new Set(scores.map(({ target }) => target))].toSorted((a, b) => a - b)
  const rows = targets.map((target) => {
    const cities = scores.filter((score) => score.target === target)
    const share = cities.reduce((sum, { occupied }) => sum + occupied, 0) / cities.length
    return [
      percent(target),
      percent(share),
      ...POLICIES.map((name) => mean(cities, name, 'there').toFixed(0)),
      percent(savedBy(cities, 'plan', 'nearest-first', 'there').mean),
      percent(savedBy(cities, 'plan', 'most-free-first', 'there').mean),
    ]
  })
  return table(['target', 'actual', ...POLICIES, 'of nearest', 'of most free'], rows)
}

function seconds({ mean: value, low, high }: Interval): string {
  return `${value.toFixed(0)} (${low.toFixed(0)}–${high.toFixed(0)})`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i].length)))
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}
