import { CONSTANTS, LEVELS, REPORT_KINDS, type Observation } from '@kickstand/domain'
import type { ReadingEvent } from '#db/events.ts'

type StoredReport = {
  readonly id: string
  readonly riderId: string
  readonly kind: string
  readonly count: number | null
  readonly level: string | null
  /** Epoch milliseconds. */
  readonly observedAt: number
  readonly eventOrder: number
  readonly effect: string
  readonly outlierProbability: number | null
  readonly network: string | null
  readonly trusted: boolean
  /** Absent from events of older servers. */
  readonly withinReach?: boolean
}

/** The observation of a stored report or its event, or null if it has no effect on the estimate. */
export function toObservation(report: StoredReport): Observation | null {
  if (report.effect === 'none') return null
  const kind = REPORT_KINDS.find((one) => one === report.kind)
  const level = LEVELS.find((one) => one === report.level) ?? null
  if (kind === undefined || kind === 'problem' || (kind === 'level' && level === null)) return null
  return {
    id: report.id,
    at: report.observedAt,
    eventOrder: report.eventOrder,
    kind,
    count: report.count,
    level,
    reporter: report.riderId,
    outlierProbability: report.outlierProbability ?? CONSTANTS.outlierProbability,
    network: report.network,
    trusted: report.trusted,
    withinReach: report.withinReach ?? false,
  }
}

/** The observation of a reading of a feed. */
export function readingObservation(feedId: string, reading: ReadingEvent): Observation {
  const { id, kind, count, level, at, eventOrder } = reading
  const reporter = `feed:${feedId}`
  const outlierProbability = CONSTANTS.readingOutlierProbability
  return {
    id,
    at,
    eventOrder,
    kind,
    count,
    level,
    reporter,
    outlierProbability,
    network: null,
    trusted: true,
    withinReach: true,
  }
}
