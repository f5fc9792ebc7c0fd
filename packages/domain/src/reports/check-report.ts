import { ASSUMED_SPACES, mostCountable } from '../availability/model/observe.ts'
import { DomainError, type FieldError } from '../errors.ts'
import type { Level, Problem, ReportKind } from './report.ts'

const MINUTE = 60_000
/** Clocks of phones differ: so far ahead counts as now. */
const AHEAD_TOLERATED = 2 * MINUTE
/** Older than this a report says nothing of now; it may still teach what is usual. */
export const FRESH_FOR = 30 * MINUTE
/** Older than this nobody can vouch for it. */
const KEPT_FOR = 7 * 24 * 60 * MINUTE
/** Metres from which a rider can still see a zone, and the most that an inaccurate position is forgiven. */
const SEEN_FROM = 150
const FORGIVEN = 250

/** A report as it came, checked in shape but not in sense. Times in epoch milliseconds, distances in metres. */
export type ReportClaim = {
  readonly kind: ReportKind
  readonly count: number | null
  readonly level: Level | null
  readonly problem: Problem | null
  readonly observedAt: number | null
  /** Sent from an outbox, and known by its sender to be old. */
  readonly late: boolean
  /** From the reporter to the zone, and how unsure the position is. */
  readonly distance: number | null
  readonly accuracy: number
  readonly capacity: number | null
}

/** What a report is worth: when it was seen, and whether it may move the estimate. */
export type ReportVerdict = {
  readonly observedAt: number
  readonly effect: 'estimate' | 'history' | 'none'
  readonly overCapacity: boolean
}

const NEEDS: Record<ReportKind, 'count' | 'level' | 'problem' | null> = {
  count: 'count',
  level: 'level',
  problem: 'problem',
  arrived: null,
  left: null,
}

/**
 * Decides what a report is worth at `now`. More bikes than the zone is said to hold are taken as seen, since the capacity may be
 * wrong, up to what no zone of its size can hold. Throws `invalid-request` where the kind and its value do not go together, the count
 * is impossible or the time is none,
 * `observed-in-future`, and `observed-too-old` where a report over 30 minutes old does not say that it knows.
 */
export function checkReport(claim: ReportClaim, now: number): ReportVerdict {
  checkValue(claim)
  const observedAt = checkTime(claim, now)
  const fresh = now - observedAt <= FRESH_FOR
  return {
    observedAt,
    effect: claim.kind === 'problem' || !isNearEnough(claim) ? 'none' : fresh ? 'estimate' : 'history',
    overCapacity: claim.kind === 'count' && claim.capacity !== null && (claim.count ?? 0) > claim.capacity,
  }
}

/** Whether the reporter was near enough to see the zone; without a position nobody can say that he was not. */
function isNearEnough({ distance, accuracy }: ReportClaim): boolean {
  return distance === null || isWithinReach(distance, accuracy)
}

/** Whether a zone can be seen from so many metres away, by a position that is unsure by `accuracy` metres. */
export function isWithinReach(distance: number, accuracy: number): boolean {
  return distance <= SEEN_FROM + Math.min(FORGIVEN, Math.max(0, accuracy))
}

function checkValue(claim: ReportClaim): void {
  const needed = NEEDS[claim.kind]
  const errors: FieldError[] = []
  for (const field of ['count', 'level', 'problem'] as const) {
    if (field === needed && claim[field] === null) {
      errors.push({ pointer: `/${field}`, message: `a report of kind ${claim.kind} needs ${field}` })
    }
    if (field !== needed && claim[field] !== null) {
      errors.push({ pointer: `/${field}`, message: `does not go with kind ${claim.kind}; leave it out` })
    }
  }
  const most = mostCountable(claim.capacity ?? ASSUMED_SPACES)
  if (needed === 'count' && claim.count !== null && claim.count > most) {
    const spaces = claim.capacity === null ? '' : ` of ${claim.capacity} spaces`
    const message = `is ${claim.count}, more than a zone${spaces} can hold; count again`
    throw new DomainError('invalid-request', `The report is not usable: /count ${message}.`, [
      { pointer: '/count', message },
    ])
  }
  if (errors.length > 0) {
    throw new DomainError('invalid-request', 'The report does not say what its kind needs, or says more.', errors)
  }
}

function checkTime({ observedAt, late }: ReportClaim, now: number): number {
  if (observedAt === null) return now
  const pointer = '/observedAt'
  if (Number.isNaN(observedAt)) {
    const message = 'is no time that exists; expected one like 2026-03-04T12:00:00Z'
    throw new DomainError('invalid-request', `The report is not usable: ${pointer} ${message}.`, [{ pointer, message }])
  }
  if (observedAt > now + AHEAD_TOLERATED) {
    const message = `lies ${Math.round((observedAt - now) / 1000)} s in the future; check the clock of the device, or leave it out for now`
    throw new DomainError('observed-in-future', 'The report was made in the future.', [{ pointer, message }])
  }
  const age = now - observedAt
  if (age > KEPT_FOR || (age > FRESH_FOR && !late)) {
    const message =
      age > KEPT_FOR
        ? 'is over 7 days old; such reports are not taken'
        : 'is over 30 minutes old; send "late": true to have it kept as history, which teaches what is usual there'
    throw new DomainError('observed-too-old', 'The report is too old to say how full the zone is now.', [
      { pointer, message },
    ])
  }
  return Math.min(observedAt, now)
}
