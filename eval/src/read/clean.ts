import type { Dropped, Lot } from '../series.ts'

const DAY_MINUTES = 1440
/** Minimum readings per day in a frozen run. A run of equal values with fewer is a gap in the readings. */
const MIN_FROZEN_READINGS_PER_DAY = 8
/** Minimum days with changes in a lot that can have frozen runs. */
const MIN_CHANGING_DAYS = 14
/**
 * Bounds of the longest gap that is interpolated: the lower one is for ordinary feeds, the upper one for slow feeds.
 */
const MIN_INTERPOLATED_GAP_MINUTES = 65
const MAX_INTERPOLATED_GAP_MINUTES = 190
/** Readings up to this multiple of the capacity count as full; higher ones are dropped. */
const MAX_OVER_CAPACITY_FACTOR = 1.05

/** The readings of a lot as read from a file. */
export type RawLot = {
  readonly id: string
  readonly capacity: number
  /** Minutes since the epoch, one per value of `occupied`. */
  readonly times: number[]
  readonly occupied: number[]
}

/** Sorts a lot's readings by time and drops invalid ones. Adds the number of dropped readings to `dropped`. */
export function cleanLot(raw: RawLot, dropped: Dropped): Lot {
  const order = raw.times.map((_, i) => i).toSorted((a, b) => raw.times[a] - raw.times[b] || a - b)
  const minutes: number[] = []
  const occupied: number[] = []
  for (const i of order) {
    const value = raw.occupied[i]
    if (raw.times[i] === minutes.at(-1)) dropped.duplicates += 1
    else if (!(value >= 0) || value > raw.capacity * MAX_OVER_CAPACITY_FACTOR) dropped.impossible += 1
    else {
      if (value > raw.capacity) dropped.aboveCapacity += 1
      minutes.push(raw.times[i])
      occupied.push(Math.min(value, raw.capacity))
    }
  }
  const keep = findUnfrozen(minutes, occupied)
  dropped.frozen += keep.filter((kept) => !kept).length
  const kept = minutes.filter((_, i) => keep[i])
  return {
    id: raw.id,
    capacity: raw.capacity,
    minutes: Float64Array.from(kept),
    occupied: Float64Array.from(occupied.filter((_, i) => keep[i])),
    longestGap: longestGap(kept),
  }
}

/** The gap up to which readings are interpolated: longer for slow feeds, but never a whole night. */
function longestGap(minutes: readonly number[]): number {
  const gaps = minutes.slice(1).map((minute, i) => minute - minutes[i])
  const median = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 0
  return Math.min(MAX_INTERPOLATED_GAP_MINUTES, Math.max(MIN_INTERPOLATED_GAP_MINUTES, 1.5 * median))
}

/** Whether each reading is outside a frozen run: the same value for over a day in a lot that usually changes. */
function findUnfrozen(minutes: readonly number[], occupied: readonly number[]): boolean[] {
  const keep = minutes.map(() => true)
  for (let start = 0; start < minutes.length;) {
    let end = start + 1
    while (end < minutes.length && occupied[end] === occupied[start]) end += 1
    const days = (minutes[end - 1] - minutes[start]) / DAY_MINUTES
    if (days > 1 && end - start >= MIN_FROZEN_READINGS_PER_DAY * days) {
      keep.fill(false, start, end)
    }
    start = end
  }
  // A bay that is always empty changes on few days; its runs are valid. A feed that froze, even for months, has changed
  // on many days before.
  const changingDays = new Set(minutes.filter((_, i) => keep[i]).map((minute) => Math.floor(minute / DAY_MINUTES)))
  return changingDays.size < MIN_CHANGING_DAYS ? minutes.map(() => true) : keep
}

/** The number of days on which the lot has readings. */
export function daysCovered(lot: Lot): number {
  return new Set(Array.from(lot.minutes, (minute) => Math.floor(minute / DAY_MINUTES))).size
}
