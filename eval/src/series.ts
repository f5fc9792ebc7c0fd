/** What really happened in one lot. */
export type Lot = {
  readonly id: string
  /** Spaces. */
  readonly capacity: number
  /** Minutes since the epoch, rising. */
  readonly minutes: Float64Array
  /** Occupied spaces at those minutes, 0 to `capacity`. */
  readonly occupied: Float64Array
  /** Minutes; readings further apart say nothing of what lay between. */
  readonly longestGap: number
}

/** What was wrong with a file, by count. */
export type Dropped = {
  duplicates: number
  /** Negative, above the capacity by more than rounding, not a number. */
  impossible: number
  /** A little above the capacity: taken as full. */
  aboveCapacity: number
  /** Readings in runs that stood still for over a day where the lot does not. */
  frozen: number
  /** Lots with too few days to train and test on. */
  lots: number
}

export type Series = {
  readonly lots: readonly Lot[]
  readonly dropped: Dropped
  readonly timeZone: string
}

export function noneDropped(): Dropped {
  return { duplicates: 0, impossible: 0, aboveCapacity: 0, frozen: 0, lots: 0 }
}

/** Occupied share of a lot at a minute, between its readings; NaN where there are none near. */
export function shareAt(lot: Lot, minute: number): number {
  const { minutes } = lot
  let low = 0
  let high = minutes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (minutes[middle] <= minute) low = middle + 1
    else high = middle
  }
  if (low === 0) return Number.NaN
  const before = low - 1
  if (minutes[before] === minute) return lot.occupied[before] / lot.capacity
  if (low === minutes.length) return Number.NaN
  const gap = minutes[low] - minutes[before]
  if (gap > lot.longestGap) return Number.NaN
  const part = (minute - minutes[before]) / gap
  return (lot.occupied[before] + part * (lot.occupied[low] - lot.occupied[before])) / lot.capacity
}
