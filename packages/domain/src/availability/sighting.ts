import type { Level } from '../reports/report.ts'
import { isCurrentObservation, type Observation } from './observation.ts'
import { isFromSensor } from './model/counted-reports.ts'
import { stateOfFree } from './free-states.ts'

// A sighting describes how full a zone is: a count, or a level. A movement (parked, left, a gate's flow) only changes a count.

/** The published sighting of a zone, and the movements since. */
export type Sighting = {
  /** Epoch milliseconds. */
  readonly at: number
  /** Motorcycles counted; null for a level. */
  readonly count: number | null
  /** The reported level; null for a count. */
  readonly level: Level | null
  readonly source: 'rider' | 'sensor'
  /** Probability that it is an outlier, see `Observation`. */
  readonly outlierProbability: number
  /** Net motorcycles arrived since, by publishable movements. */
  readonly moved: number
  /** See `mayBePublished`. Another sighting is published only for a zone without earlier observations. */
  readonly publishable: boolean
}

/**
 * Whether an observation may be published before the estimate follows it: it comes from a sensor, from a reporter whose position
 * is within reach of the zone, or from one with a record. Other observations only change the estimate.
 */
function mayBePublished(seen: Observation): boolean {
  return seen.withinReach || seen.trusted || isFromSensor(seen)
}

/** The sighting of an observation; null for a movement. */
export function sightingOf(seen: Observation): Sighting | null {
  const { kind, at, outlierProbability } = seen
  if (kind === 'arrived' || kind === 'left' || kind === 'flow') return null
  const source = isFromSensor(seen) ? 'sensor' : 'rider'
  return {
    at,
    count: seen.level === null ? seen.count : null,
    level: seen.level,
    source,
    outlierProbability,
    moved: 0,
    publishable: mayBePublished(seen),
  }
}

/**
 * The published sighting after one more observation: the newest publishable one. Observations are applied in their order. For the
 * first observation of a zone (`isFirst`) one that is not publishable is published too, until another rider contradicts it. A
 * movement that is not publishable changes only such a sighting.
 */
export function sightingAfter(before: Sighting | null, seen: Observation, isFirst: boolean): Sighting | null {
  if (!isCurrentObservation(seen)) return before
  const sighting = sightingOf(seen)
  if (sighting === null) {
    return before === null || (before.publishable && !mayBePublished(seen)) ? before : move(before, bikesMoved(seen))
  }
  if (sighting.publishable || isFirst) return sighting
  return before === null || before.publishable || isSame(before, sighting) ? before : null
}

/** The sighting published to the reporter of `own`: their own, unless there is a newer one or later movements. */
export function ownOrNewer(own: Sighting, shown: Sighting | undefined): Sighting {
  if (shown === undefined || shown.at < own.at) return own
  if (shown.at > own.at) return shown
  return isSame(own, shown) ? { ...shown, outlierProbability: own.outlierProbability } : own
}

function isSame(one: Sighting, other: Sighting): boolean {
  return one.level === other.level && one.count === other.count
}

function bikesMoved({ kind, count }: Observation): number {
  return kind === 'arrived' ? 1 : kind === 'left' ? -1 : (count ?? 0)
}

/** Applies a movement. A count changes; a level stays, except that a departure ends `full`. */
function move(sighting: Sighting, bikes: number): Sighting | null {
  if (sighting.count !== null) return { ...sighting, moved: sighting.moved + bikes }
  return sighting.level === 'full' && bikes < 0 ? null : sighting
}

/** Free spaces by a count and the movements since; null for a level, and where the capacity is not known. */
export function freeBySighting({ count, moved }: Sighting, capacity: number | null): number | null {
  if (count === null || capacity === null) return null
  return Math.min(capacity, Math.max(0, capacity - count - moved))
}

/** The state that a sighting reports; null for a count where the capacity is not known. */
export function stateOfSighting(sighting: Sighting, capacity: number | null): Level | null {
  const free = freeBySighting(sighting, capacity)
  return free === null || capacity === null ? sighting.level : stateOfFree(free, capacity)
}
