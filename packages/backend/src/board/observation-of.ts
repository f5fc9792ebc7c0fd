import { LEVELS, REPORT_KINDS, type Observation } from '@kickstand/domain'

type StoredReport = {
  readonly id: string
  readonly kind: string
  readonly count: number | null
  readonly level: string | null
  /** Epoch milliseconds. */
  readonly observedAt: number
}

/** What the estimator takes of a stored report or its event, or null where there is nothing to take. */
export function toObservation(report: StoredReport): Observation | null {
  const kind = REPORT_KINDS.find((one) => one === report.kind)
  if (kind === undefined || kind === 'problem') return null
  const level = LEVELS.find((one) => one === report.level) ?? null
  return { id: report.id, at: report.observedAt, kind, count: report.count, level }
}
