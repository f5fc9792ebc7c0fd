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
  readonly foldAt: number
  readonly effect: string
  readonly junk: number | null
  readonly network: string | null
  readonly vouched: boolean
  /** Not in events of servers older than this field. */
  readonly near?: boolean
}

/** What the estimator takes of a stored report or its event, or null where there is nothing to take. */
export function toObservation(report: StoredReport): Observation | null {
  if (report.effect === 'none') return null
  const kind = REPORT_KINDS.find((one) => one === report.kind)
  const level = LEVELS.find((one) => one === report.level) ?? null
  if (kind === undefined || kind === 'problem' || (kind === 'level' && level === null)) return null
  return {
    id: report.id,
    at: report.observedAt,
    foldAt: report.foldAt,
    kind,
    count: report.count,
    level,
    reporter: report.riderId,
    junk: report.junk ?? CONSTANTS.junk,
    network: report.network,
    vouched: report.vouched,
    near: report.near ?? false,
  }
}

/** What the estimator takes of a reading of a feed. */
export function readingObservation(feedId: string, reading: ReadingEvent): Observation {
  const { id, kind, count, level, at, foldAt } = reading
  const reporter = `feed:${feedId}`
  const junk = CONSTANTS.readingJunk
  return { id, at, foldAt, kind, count, level, reporter, junk, network: null, vouched: true, near: true }
}
