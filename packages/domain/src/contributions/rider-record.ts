import { isTrustedBy } from '#availability/model/trust.ts'

const DAY_MS = 24 * 60 * 60_000

/**
 * Minimum age of a rider's key: two weeks. Keys created today cannot remove a zone within a week, so an attack needs a long
 * preparation.
 */
export const RECORD_AGE_MS = 14 * DAY_MS

/**
 * Minimum number of different days (UTC) with a confirmed report: five. Commuters reach it within a week; many reports on one day
 * count as one day.
 */
export const RECORD_DAYS = 5

/** Evidence from which a report counts as confirmed: it was probably honest, and the zone was known without it. */
const MIN_CONFIRMING_EVIDENCE = 0.2

/** The history of a rider at the time of a statement. Evidence: see `TrustColumns`. */
export type RiderHistory = {
  /** When their first report was accepted, epoch milliseconds. */
  readonly firstSeenAt: number
  /** Number of different days with a report that other riders or sensors confirmed. */
  readonly confirmedDays: number
  /** Evidence for and against them, in reports. */
  readonly honest: number
  readonly outlier: number
}

/**
 * Whether a rider has a record: known for two weeks, confirmed by other riders or sensors on at least five days, and rarely
 * contradicted. It is determined at the time of a statement and stored with it.
 */
export function hasRecord(history: RiderHistory | null, now: number): boolean {
  return (
    history !== null &&
    now - history.firstSeenAt >= RECORD_AGE_MS &&
    history.confirmedDays >= RECORD_DAYS &&
    isTrustedBy(history.honest, history.outlier)
  )
}

/** Whether the evidence of a report confirms it, so that its day counts. */
export function isConfirmed({ honest, known }: { readonly honest: number; readonly known: number }): boolean {
  return honest * known >= MIN_CONFIRMING_EVIDENCE
}
