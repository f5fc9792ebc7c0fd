import type { Level } from '../reports/report.ts'
import { countedReports, type ReportTrace } from './model/counted-reports.ts'

/** What the estimator takes of a report: nothing that it does not need. */
export type Observation = ReportTrace & {
  /**
   * Epoch milliseconds of its place in the order that observations are folded in: when it was made, or, where it came too
   * late to say anything of the present, when it came.
   */
  readonly eventOrder: number
  /** Bikes there; of kind `flow`, bikes more in than out. */
  readonly count: number | null
  readonly level: Level | null
  /** Probability that it tells nothing, as held of its reporter when it came: the same whenever it is folded again. */
  readonly outlierProbability: number
  /** Whether its reporter gave a position within reach of the zone. */
  readonly withinReach: boolean
}

/** Order in which observations are folded: by `eventOrder`, then id, so that every server folds them in the same. */
export function compareObservations(a: Observation, b: Observation): number {
  return a.eventOrder - b.eventOrder || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Whether it says something of the present: those that came too late only teach what is usual. */
export function isOfThePresent({ at, eventOrder }: Observation): boolean {
  return at === eventOrder
}

/**
 * The observations that are folded, of those of one zone; taken and given in the order of `compareObservations`. Those that
 * came late are bounded among themselves, by the times that they were made at: they correct nothing that is said of now.
 */
export function countedObservations(seen: readonly Observation[]): Observation[] {
  const late = seen.filter((one) => !isOfThePresent(one))
  if (late.length === 0) return countedReports(seen)
  const counted = countedReports(late.toSorted((a, b) => a.at - b.at || compareObservations(a, b)))
  return [...countedReports(seen.filter(isOfThePresent)), ...counted].toSorted(compareObservations)
}
