import { DomainError } from '@kickstand/domain'

const DAY = 24 * 60 * 60_000
const AHEAD = DAY
/** Clocks differ: a little before now is now. */
const BEHIND = 5 * 60_000

/** The time that an answer is asked for: now, or up to a day ahead. Throws `invalid-request` outside of that. */
export function readTimeAsked(at: string | undefined, now: number): number {
  if (at === undefined) return now
  const time = Date.parse(at)
  if (Number.isNaN(time) || time < now - BEHIND || time > now + AHEAD) {
    const message = 'must lie between now and a day ahead'
    throw new DomainError('invalid-request', `The time asked is not usable: ?at ${message}.`, [
      { pointer: '?at', message },
    ])
  }
  return Math.max(time, now)
}
