import type { Level, ReportKind } from '../reports/report.ts'

/** What the estimator takes of a report: nothing that it does not need. */
export type Observation = {
  /** Breaks ties between observations of the same moment, so that every server folds them in the same order. */
  readonly id: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly kind: Exclude<ReportKind, 'problem'>
  readonly count: number | null
  readonly level: Level | null
}

/** Order in which observations are folded: by time, then id. */
export function compareObservations(a: Observation, b: Observation): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
