import { ASSUMED_SPACES, maxPlausibleCount } from '../availability/model/observe.ts'
import { DomainError, type FieldError } from '../errors.ts'
import type { Level, Problem, ReportKind } from './report.ts'
import { isWithinReach } from './within-reach.ts'

const MINUTE_MS = 60_000
/** Clocks of phones differ: a time up to this far ahead counts as now. */
const MAX_CLOCK_SKEW_MS = 2 * MINUTE_MS
/** An older report does not describe the present; it only updates the week profile. */
export const FRESH_FOR_MS = 30 * MINUTE_MS
/** An older report is rejected. */
const MAX_REPORT_AGE_MS = 7 * 24 * 60 * MINUTE_MS
/** A report as received: its shape is checked, its values are not. Times in epoch milliseconds, distances in metres. */
export type ReportClaim = {
  readonly kind: ReportKind
  readonly count: number | null
  readonly level: Level | null
  readonly problem: Problem | null
  readonly observedAt: number | null
  /** Sent from an outbox: the client knows that it is old. */
  readonly late: boolean
  /** Distance from the reporter to the zone, and the accuracy of the position. */
  readonly distance: number | null
  readonly accuracy: number
  readonly capacity: number | null
}

/** The result of the check: the time of the observation, and whether it updates the estimate. */
export type ReportVerdict = {
  readonly observedAt: number
  readonly effect: 'estimate' | 'history' | 'none'
  readonly overCapacity: boolean
}

const REQUIRED_FIELD: Record<ReportKind, 'count' | 'level' | 'problem' | null> = {
  count: 'count',
  level: 'level',
  problem: 'problem',
  arrived: null,
  left: null,
}

/**
 * Checks a report at `now`. A count above the capacity is accepted, since the capacity may be wrong, up to the highest plausible
 * count. Throws `invalid-request` for values that do not match the kind, an implausible count or an invalid time;
 * `observed-in-future`; and `observed-too-old` for a report over 30 minutes old without `late`, or over 7 days old.
 */
export function checkReport(claim: ReportClaim, now: number): ReportVerdict {
  checkValue(claim)
  const observedAt = checkTime(claim, now)
  const fresh = now - observedAt <= FRESH_FOR_MS
  return {
    observedAt,
    effect: claim.kind === 'problem' || !isNearEnough(claim) ? 'none' : fresh ? 'estimate' : 'history',
    overCapacity: claim.kind === 'count' && claim.capacity !== null && (claim.count ?? 0) > claim.capacity,
  }
}

/** Whether the reporter may have seen the zone; true without a position. */
function isNearEnough({ distance, accuracy }: ReportClaim): boolean {
  return distance === null || isWithinReach(distance, accuracy)
}

function checkValue(claim: ReportClaim): void {
  const required = REQUIRED_FIELD[claim.kind]
  const errors: FieldError[] = []
  for (const field of ['count', 'level', 'problem'] as const) {
    if (field === required && claim[field] === null) {
      errors.push({ pointer: `/${field}`, message: `a report of kind ${claim.kind} needs ${field}` })
    }
    if (field !== required && claim[field] !== null) {
      errors.push({ pointer: `/${field}`, message: `does not apply to kind ${claim.kind}; omit it` })
    }
  }
  const most = maxPlausibleCount(claim.capacity ?? ASSUMED_SPACES)
  if (required === 'count' && claim.count !== null && claim.count > most) {
    const spaces = claim.capacity === null ? '' : ` of ${claim.capacity} spaces`
    const message = `is ${claim.count}, more than a zone${spaces} can hold; count again`
    throw new DomainError('invalid-request', `The report is invalid: /count ${message}.`, [
      { pointer: '/count', message },
    ])
  }
  if (errors.length > 0) {
    throw new DomainError(
      'invalid-request',
      'The report is missing a field that its kind requires, or has one that does not apply.',
      errors,
    )
  }
}

function checkTime({ observedAt, late }: ReportClaim, now: number): number {
  if (observedAt === null) return now
  const pointer = '/observedAt'
  if (Number.isNaN(observedAt)) {
    const message = 'is not a valid time; expected one such as 2026-03-04T12:00:00Z'
    throw new DomainError('invalid-request', `The report is invalid: ${pointer} ${message}.`, [{ pointer, message }])
  }
  if (observedAt > now + MAX_CLOCK_SKEW_MS) {
    const message = `is ${Math.round((observedAt - now) / 1000)} s in the future; check the clock of the device, or omit it to use the current time`
    throw new DomainError('observed-in-future', 'The time of the report is in the future.', [{ pointer, message }])
  }
  const age = now - observedAt
  if (age > MAX_REPORT_AGE_MS || (age > FRESH_FOR_MS && !late)) {
    const message =
      age > MAX_REPORT_AGE_MS
        ? 'is more than 7 days old; only newer reports are accepted'
        : 'is more than 30 minutes old; send "late": true to use it for the history of the zone'
    throw new DomainError('observed-too-old', 'The report is too old to describe how full the zone is now.', [
      { pointer, message },
    ])
  }
  return Math.min(observedAt, now)
}
