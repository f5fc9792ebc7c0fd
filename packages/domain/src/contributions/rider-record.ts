import { isTrustedBy } from '#availability/model/trust.ts'

const DAY = 24 * 60 * 60_000

/**
 * Since when a rider must be known, in milliseconds. Two weeks: who makes keys today has none that may remove a zone within a week,
 * and an attack has to be prepared for longer than most are.
 */
export const RECORD_AGE_MS = 14 * DAY

/**
 * On how many different days (UTC) reports of theirs must have been confirmed. Five: whoever rides to work is there within a week;
 * a burst of reports on one day is one day.
 */
export const RECORD_DAYS = 5

/** From which evidence on, in reports, a report counts as confirmed: it was likely honest, and the zone was known without it. */
const CONFIRMED_FROM = 0.2

/** What is known of a rider when they say that something is gone. Evidence: see `TrustColumns`. */
export type RiderHistory = {
  /** When their first report was taken, epoch milliseconds. */
  readonly firstSeenAt: number
  /** Different days on which what others or sensors said bore a report of theirs out. */
  readonly confirmedDays: number
  /** Evidence for and against them, in reports. */
  readonly honest: number
  readonly outlier: number
}

/**
 * Whether a rider has a record: known for two weeks, borne out by others or by sensors on five days at least, and contradicted
 * seldom. It is looked at when they speak, and kept with what they say.
 */
export function hasRecord(history: RiderHistory | null, now: number): boolean {
  return (
    history !== null &&
    now - history.firstSeenAt >= RECORD_AGE_MS &&
    history.confirmedDays >= RECORD_DAYS &&
    isTrustedBy(history.honest, history.outlier)
  )
}

/** Whether what a judged report showed of its reporter makes its day one that counts. */
export function isConfirmed({ honest, known }: { readonly honest: number; readonly known: number }): boolean {
  return honest * known >= CONFIRMED_FROM
}
