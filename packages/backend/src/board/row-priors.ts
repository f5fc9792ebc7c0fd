import {
  applyPriorChange,
  basePrior,
  openSlot,
  priorChange,
  ZONE_KINDS,
  type EstimatorState,
  type PriorChange,
  type ProfilePrior,
} from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'

// Which prior a zone belongs to: that of its kind in its tile of zoom 13 (some kilometres), else that of its tile of zoom 10
// (a city), else that of all. A place is one number: all, a city, or a tile and kind.

/** Learned from zones all over the world: something to begin with, and no answer for a zone that nobody has seen. */
const EVERYWHERE = -1
const NEAR_ZOOM = 13
const CITY_ZOOM = 10
const KINDS = 16
const CHANGES_KEPT = 512

export type StoredPrior = { readonly number: number; readonly place: number; readonly prior: ProfilePrior }

/** The places whose priors a row may belong to, nearest first. */
function placesOf(nearTile: number, kind: number): readonly [number, number, number] {
  const [n, steps] = [2 ** NEAR_ZOOM, 2 ** (NEAR_ZOOM - CITY_ZOOM)]
  const [x, y] = [Math.floor((nearTile % n) / steps), Math.floor(nearTile / n / steps)]
  return [nearTile * KINDS + kind, EVERYWHERE - 1 - (y * 2 ** CITY_ZOOM + x), EVERYWHERE]
}

/** The prior of each row. */
export type RowPriors = {
  /** By number, 0 being the belief where nothing at all is known; shared with the states that fold. */
  readonly priors: ProfilePrior[]
  has(number: number): boolean
  /** Takes priors; those with the highest numbers are in force. */
  put(stored: readonly StoredPrior[]): void
  /** Returns whether the kind was another. */
  setKind(row: number, kind: string | null): boolean
  /** Places of a row, nearest first, or none where it is not on the map. */
  places(row: number): readonly number[]
  /** The number of the prior in force for a row. */
  of(row: number): number
  /** The same where it says something of a zone that nobody has seen, else 0. */
  answering(row: number): number
  /** Puts what a row of `state` has learned on another prior. */
  move(state: EstimatorState, row: number, prior: number): void
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
}

/** `nearTile` tells the tile of zoom 13 that a row lies in, -1 where it is not on the map. */
export function createRowPriors(nearTile: (row: number) => number): RowPriors {
  const priors: ProfilePrior[] = [basePrior()]
  const inForce = new Map<number, number>()
  let kinds = new Uint8Array(1024)
  let changes = new Map<string, PriorChange | null>()

  function places(row: number): readonly number[] {
    const tile = nearTile(row)
    return tile < 0 ? [] : placesOf(tile, kinds[row])
  }

  function of(row: number): number {
    if (inForce.size === 0) return 0
    for (const place of places(row)) {
      const number = inForce.get(place)
      if (number !== undefined) return number
    }
    return 0
  }

  function changeOf(from: number, to: number): PriorChange | null {
    const key = `${from}>${to}`
    const known = changes.get(key)
    if (known !== undefined) return known
    if (changes.size >= CHANGES_KEPT) changes = new Map()
    const made = priorChange(priors[from], priors[to])
    changes.set(key, made)
    return made
  }

  return {
    priors,
    has: (number) => number in priors,
    put(stored) {
      for (const { number, place, prior } of stored) {
        priors[number] = prior
        inForce.set(place, Math.max(number, inForce.get(place) ?? 0))
      }
    },
    setKind(row, kind) {
      if (row >= kinds.length) kinds = copyInto(new Uint8Array(Math.max(row + 1, kinds.length * 2)), kinds)
      const before = kinds[row]
      kinds[row] = ZONE_KINDS.findIndex((one) => one === kind) + 1
      return before !== kinds[row]
    },
    places,
    of,
    answering(row) {
      const number = of(row)
      return number === inForce.get(EVERYWHERE) ? 0 : number
    },
    move(state, row, prior) {
      const { columns } = state
      const from = columns.prior[row]
      if (from === prior) return
      const change = columns.at[row] === 0 ? null : changeOf(from, prior)
      // A prior that rounding made singular is left for another night.
      if (columns.at[row] > 0 && change === null) return
      columns.prior[row] = prior
      if (change !== null && !applyPriorChange(state, row, change)) openSlot(state, row)
    },
    reserve(rows) {
      if (rows > kinds.length) kinds = copyInto(new Uint8Array(rows), kinds)
    },
  }
}
