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

// The prior of a zone is the one of its kind and zoom-13 tile (some kilometres), else the one of its zoom-10 tile (a
// city), else the global one. A place is one number for "global", a city, or a tile and kind.

/** The global prior: a starting point for estimates, but no answer for a zone without observations. */
const GLOBAL = -1
const NEAR_ZOOM = 13
const CITY_ZOOM = 10
const KINDS = 16
const MAX_CACHED_CHANGES = 512

export type StoredPrior = { readonly number: number; readonly place: number; readonly prior: ProfilePrior }

/** The places whose priors may apply to a row, nearest first. */
function placesOf(nearTile: number, kind: number): readonly [number, number, number] {
  const [n, steps] = [2 ** NEAR_ZOOM, 2 ** (NEAR_ZOOM - CITY_ZOOM)]
  const [x, y] = [Math.floor((nearTile % n) / steps), Math.floor(nearTile / n / steps)]
  return [nearTile * KINDS + kind, GLOBAL - 1 - (y * 2 ** CITY_ZOOM + x), GLOBAL]
}

/** The prior of each row. */
export type RowPriors = {
  /** By number; 0 is the base prior. Shared with the estimator states. */
  readonly priors: ProfilePrior[]
  has(number: number): boolean
  /** Adds priors. The one with the highest number of a place is active. */
  put(stored: readonly StoredPrior[]): void
  /** Returns whether the kind changed. */
  setKind(row: number, kind: string | null): boolean
  /** Places of a row, nearest first; none for a row that is not on the map. */
  places(row: number): readonly number[]
  /** The number of the active prior of a row. */
  of(row: number): number
  /** The same for a row without observations: 0 if only the global or base prior applies. */
  learnedPriorOf(row: number): number
  /** Moves the learned profile of a row of `state` to another prior. */
  move(state: EstimatorState, row: number, prior: number): void
  /** Allocates capacity for so many rows. */
  reserve(rows: number): void
}

/** `nearTile` gives the zoom-13 tile of a row, -1 for a row that is not on the map. */
export function createRowPriors(nearTile: (row: number) => number): RowPriors {
  const priors: ProfilePrior[] = [basePrior()]
  const active = new Map<number, number>()
  let kinds = new Uint8Array(1024)
  let changes = new Map<string, PriorChange | null>()

  function places(row: number): readonly number[] {
    const tile = nearTile(row)
    return tile < 0 ? [] : placesOf(tile, kinds[row])
  }

  function of(row: number): number {
    if (active.size === 0) return 0
    for (const place of places(row)) {
      const number = active.get(place)
      if (number !== undefined) return number
    }
    return 0
  }

  function changeOf(from: number, to: number): PriorChange | null {
    const key = `${from}>${to}`
    const known = changes.get(key)
    if (known !== undefined) return known
    if (changes.size >= MAX_CACHED_CHANGES) changes = new Map()
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
        active.set(place, Math.max(number, active.get(place) ?? 0))
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
    learnedPriorOf(row) {
      const number = of(row)
      return number === active.get(GLOBAL) ? 0 : number
    },
    move(state, row, prior) {
      const { columns } = state
      const from = columns.prior[row]
      if (from === prior) return
      const change = columns.at[row] === 0 ? null : changeOf(from, prior)
      // A prior that is singular after rounding is skipped; the next night learns another.
      if (columns.at[row] > 0 && change === null) return
      columns.prior[row] = prior
      if (change !== null && !applyPriorChange(state, row, change)) openSlot(state, row)
    },
    reserve(rows) {
      if (rows > kinds.length) kinds = copyInto(new Uint8Array(rows), kinds)
    },
  }
}
