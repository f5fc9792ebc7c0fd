import type { Dropped, Lot } from '../series.ts'

const DAY = 1440
/** Readings a day that a run must have to be called frozen: a gap is not a run. */
const READINGS = 8
/** Days on which a lot must move for standing still to be a fault. */
const MOVING_DAYS = 14
/** Minutes between readings up to which what lay between is taken to be so, and that of a slow feed. */
const USUAL_GAP = 65
const LARGEST_GAP = 190
/** Above the capacity by up to this share is a lot that squeezes one in; above that the figure is wrong. */
const SQUEEZED = 1.05

export type RawLot = {
  readonly id: string
  readonly capacity: number
  readonly times: number[]
  readonly occupied: number[]
}

/** Sorts a lot's readings and drops what cannot be, counting it. */
export function cleanLot(raw: RawLot, dropped: Dropped): Lot {
  const order = raw.times.map((_, i) => i).toSorted((a, b) => raw.times[a] - raw.times[b] || a - b)
  const minutes: number[] = []
  const occupied: number[] = []
  for (const i of order) {
    const value = raw.occupied[i]
    if (raw.times[i] === minutes.at(-1)) dropped.duplicates += 1
    else if (!(value >= 0) || value > raw.capacity * SQUEEZED) dropped.impossible += 1
    else {
      if (value > raw.capacity) dropped.aboveCapacity += 1
      minutes.push(raw.times[i])
      occupied.push(Math.min(value, raw.capacity))
    }
  }
  const keep = notFrozen(minutes, occupied)
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

/** A feed that speaks each hour or two is read between its readings too; a night without readings is a night unknown. */
function longestGap(minutes: readonly number[]): number {
  const gaps = minutes.slice(1).map((minute, i) => minute - minutes[i])
  const median = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 0
  return Math.min(LARGEST_GAP, Math.max(USUAL_GAP, 1.5 * median))
}

/** Whether each reading is outside a run of the same value of over a day, in a lot that mostly moves. */
function notFrozen(minutes: readonly number[], occupied: readonly number[]): boolean[] {
  const keep = minutes.map(() => true)
  for (let start = 0; start < minutes.length;) {
    let end = start + 1
    while (end < minutes.length && occupied[end] === occupied[start]) end += 1
    const days = (minutes[end - 1] - minutes[start]) / DAY
    if (days > 1 && end - start >= READINGS * days) {
      keep.fill(false, start, end)
    }
    start = end
  }
  // A bay that is always empty stands still and moves on few days; a feed that froze, even for months, had moved before.
  const moving = new Set(minutes.filter((_, i) => keep[i]).map((minute) => Math.floor(minute / DAY)))
  return moving.size < MOVING_DAYS ? minutes.map(() => true) : keep
}

/** Days on which the lot has readings. */
export function daysCovered(lot: Lot): number {
  return new Set(Array.from(lot.minutes, (minute) => Math.floor(minute / DAY))).size
}
