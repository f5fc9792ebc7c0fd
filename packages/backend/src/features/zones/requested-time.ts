import { DomainError } from '@kickstand/domain'

const DAY = 24 * 60 * 60_000
const MAX_AHEAD_MS = DAY
/** Tolerance for client clocks that are slow. */
const MAX_BEHIND_MS = 5 * 60_000

/** Parses the time of a request, now or up to a day ahead. Throws `invalid-request` outside of that. */
export function readRequestedTime(at: string | undefined, now: number): number {
  if (at === undefined) return now
  const time = Date.parse(at)
  if (Number.isNaN(time) || time < now - MAX_BEHIND_MS || time > now + MAX_AHEAD_MS) {
    const message = 'must be between now and a day ahead'
    throw new DomainError('invalid-request', `The requested time is not valid: ?at ${message}.`, [
      { pointer: '?at', message },
    ])
  }
  return Math.max(time, now)
}
