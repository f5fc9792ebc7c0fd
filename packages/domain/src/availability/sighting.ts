import type { Level } from '../reports/report.ts'
import { isOfThePresent, type Observation } from './observation.ts'
import { isOfMachine } from './model/counted-reports.ts'
import { stateOfFree } from './free-states.ts'

// A sighting says how full a zone was: a count, or a level. A movement (parked, left, a gate's flow) only changes a count.

/** The sighting that is shown of a zone, and what has moved since. */
export type Sighting = {
  /** Epoch milliseconds. */
  readonly at: number
  /** Bikes there, of a count. */
  readonly count: number | null
  /** In words, where nobody counted. */
  readonly level: Level | null
  readonly source: 'rider' | 'sensor'
  /** Probability that it tells nothing, see `Observation`. */
  readonly junk: number
  /** Bikes more than were counted, by the trusted movements since. */
  readonly moved: number
  /** See `isTrusted`; one that is not is only shown of a zone that nobody had seen before. */
  readonly trusted: boolean
}

/**
 * Whether others may be shown what an observation says before the estimate believes it: it is a machine's, its reporter stood
 * within reach of the zone by the position given, or has a record. Anything else moves the estimate, and no more.
 */
function isTrusted(seen: Observation): boolean {
  return seen.near || seen.vouched || isOfMachine(seen)
}

/** The sighting that an observation is; null for a movement. */
export function sightingOf(seen: Observation): Sighting | null {
  const { kind, at, junk } = seen
  if (kind === 'arrived' || kind === 'left' || kind === 'flow') return null
  const source = isOfMachine(seen) ? 'sensor' : 'rider'
  return {
    at,
    count: seen.level === null ? seen.count : null,
    level: seen.level,
    source,
    junk,
    moved: 0,
    trusted: isTrusted(seen),
  }
}

/**
 * The sighting that is shown after one more observation that counts: the newest trusted one. Observations come in the order they
 * are folded in. Where nobody had seen the zone (`isFirst`) there is no state to overturn, and a sighting without trust is shown
 * too, until another rider says another thing. A movement changes a sighting that is trusted no more than itself.
 */
export function sightingAfter(before: Sighting | null, seen: Observation, isFirst: boolean): Sighting | null {
  if (!isOfThePresent(seen)) return before
  const sighting = sightingOf(seen)
  if (sighting === null) {
    return before === null || (before.trusted && !isTrusted(seen)) ? before : move(before, bikesMoved(seen))
  }
  if (sighting.trusted || isFirst) return sighting
  return before === null || before.trusted || saysTheSame(before, sighting) ? before : null
}

/** What whoever made `own` is shown: that, unless there is a newer one, or movements that followed it. */
export function ownOrNewer(own: Sighting, shown: Sighting | undefined): Sighting {
  if (shown === undefined || shown.at < own.at) return own
  if (shown.at > own.at) return shown
  return saysTheSame(own, shown) ? { ...shown, junk: own.junk } : own
}

function saysTheSame(one: Sighting, other: Sighting): boolean {
  return one.level === other.level && one.count === other.count
}

function bikesMoved({ kind, count }: Observation): number {
  return kind === 'arrived' ? 1 : kind === 'left' ? -1 : (count ?? 0)
}

/** A count follows what moves. A word stays good, but a full zone that somebody left is full no longer. */
function move(sighting: Sighting, bikes: number): Sighting | null {
  if (sighting.count !== null) return { ...sighting, moved: sighting.moved + bikes }
  return sighting.level === 'full' && bikes < 0 ? null : sighting
}

/** Free spaces by a count and what moved since; null for a word, and where nobody knows of how many. */
export function freeBySighting({ count, moved }: Sighting, capacity: number | null): number | null {
  if (count === null || capacity === null) return null
  return Math.min(capacity, Math.max(0, capacity - count - moved))
}

/** The state that a sighting reports; null for a count where nobody knows of how many spaces. */
export function stateOfSighting(sighting: Sighting, capacity: number | null): Level | null {
  const free = freeBySighting(sighting, capacity)
  return free === null || capacity === null ? sighting.level : stateOfFree(free, capacity)
}
