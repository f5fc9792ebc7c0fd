import type { Level } from '../reports/report.ts'
import { countedReports, type ReportTrace } from './model/counted-reports.ts'

/** The fields of a report or reading that the estimator uses. */
export type Observation = ReportTrace & {
  /**
   * Epoch milliseconds by which observations are ordered for replay: the time it was made, or, where it arrived too late to
   * describe the present, the time it arrived.
   */
  readonly eventOrder: number
  /** Parked bikes; for kind `flow`, bikes in minus bikes out. */
  readonly count: number | null
  readonly level: Level | null
  /** Probability that it is an outlier, by its reporter's record when it arrived. Stored, so that every replay uses the same. */
  readonly outlierProbability: number
  /** Whether its reporter gave a position within reach of the zone. */
  readonly withinReach: boolean
}

/** Replay order: by `eventOrder`, then id, so that every server replays observations in the same order. */
export function compareObservations(a: Observation, b: Observation): number {
  return a.eventOrder - b.eventOrder || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Whether it describes the present. Observations that arrived too late only update the profile. */
export function isCurrentObservation({ at, eventOrder }: Observation): boolean {
  return at === eventOrder
}

/**
 * The observations of one zone that count; input and output in the order of `compareObservations`. Late ones are limited among
 * themselves, by the times they were made: they do not replace current ones.
 */
export function countedObservations(seen: readonly Observation[]): Observation[] {
  const late = seen.filter((one) => !isCurrentObservation(one))
  if (late.length === 0) return countedReports(seen)
  const counted = countedReports(late.toSorted((a, b) => a.at - b.at || compareObservations(a, b)))
  return [...countedReports(seen.filter(isCurrentObservation)), ...counted].toSorted(compareObservations)
}
