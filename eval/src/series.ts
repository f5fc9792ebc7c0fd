/** The true occupancy of one lot. */
export type Lot = {
  readonly id: string
  /** Spaces. */
  readonly capacity: number
  /** Minutes since the epoch, ascending. */
  readonly minutes: Float64Array
  /** Occupied spaces at those minutes, 0 to `capacity`. */
  readonly occupied: Float64Array
  /** Minutes. Longer gaps between readings are not interpolated. */
  readonly longestGap: number
}

/** Numbers of dropped and changed readings of a file. */
export type Dropped = {
  duplicates: number
  /** Negative, clearly above the capacity, or not a number. */
  impossible: number
  /** Slightly above the capacity: counted as full. */
  aboveCapacity: number
  /** In runs without a change for over a day, in a lot that usually changes. */
  frozen: number
  /** Lots with too few days for training and testing. */
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

/** Occupied share of a lot at a minute, interpolated between its readings; NaN without readings near it. */
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
