import type { PlanQuery } from '@kickstand/contract'
import { LATER_SECONDS, localPlane, MAX_FULL, rideSeconds, type PlanCandidate, type PlanRider } from '@kickstand/domain'
import type { Board } from '#board/board.ts'
import { passes, readFilter, type SearchFilter } from '#board/search-filter.ts'

const DEFAULT_RADIUS = 2_000
/** Nearest to the destination that a plan is made of. Where zones lie closer, the walk from the next would be long too. */
const LOOKED_AT = 80

export type Place = { readonly lat: number; readonly lng: number }
export type FoundCandidates = {
  readonly rows: readonly number[]
  readonly candidates: readonly PlanCandidate[]
  /** Zones of `?full` that there are, as candidates that they are not. */
  readonly full: readonly PlanCandidate[]
  readonly rider: PlanRider
}

/**
 * Zones around the destination that the query lets in, with the chance of a space for a rider who sets off at `time` (epoch
 * milliseconds) and rides there straight away, as far as is known at `now`. `speeds` is the rider but for the place.
 */
export function findCandidates(
  board: Board,
  query: PlanQuery,
  to: Place,
  { time, now }: { readonly time: number; readonly now: number },
  speeds: Omit<PlanRider, 'east' | 'north'>,
  accept: (row: number) => boolean,
): FoundCandidates {
  const plane = localPlane(to.lat, to.lng)
  const rider: PlanRider = { ...speeds, ...plane(query.lat, query.lng) }
  const filter = readFilter(query)
  const seenFull = rowsSeenFull(board, query.full)
  const found = board.nearest(
    to.lat,
    to.lng,
    query.radius ?? DEFAULT_RADIUS,
    LOOKED_AT,
    (row) => accept(row) && !seenFull.has(row) && passes(board, filter, row, time, now),
    filter.masks,
  )
  const rows: number[] = []
  const candidates: PlanCandidate[] = []
  function candidateOf(row: number): PlanCandidate | null {
    const { east, north } = plane(board.lat(row), board.lng(row))
    const ride = rideSeconds(rider, Math.hypot(east - rider.east, north - rider.north)) + rider.stopSeconds
    const there = board.availability(row, time + ride * 1000, now)
    // Nobody parks where it is closed, however many spaces there are.
    if (there.state === 'closed') return null
    if (isForbidden(board, filter, row, time + ride * 1000)) return null
    const later =
      there.chance === null ? null : board.availability(row, time + (ride + LATER_SECONDS) * 1000, now).chance
    return { east, north, chance: there.chance, chanceLater: later, expectedFree: there.expectedFree }
  }
  for (const row of found.rows.subarray(0, found.count)) {
    const candidate = candidateOf(row)
    if (candidate === null) continue
    rows.push(row)
    candidates.push(candidate)
  }
  const full = [...seenFull]
    .slice(-MAX_FULL)
    .map(candidateOf)
    .filter((one) => one !== null)
  return { rows, candidates, full, rider }
}

/** Rows of the ids that a rider names as seen full, in that order; a zone that is no more says nothing. */
function rowsSeenFull(board: Board, ids: string | undefined): Set<number> {
  const rows = (ids ?? '').split(',').map((id) => board.row(id.trim()))
  return new Set(rows.filter((row) => row !== undefined))
}

/** Whether it is known that the rider's vehicle may not park there on arrival. */
function isForbidden(board: Board, { vehicle, permits }: SearchFilter, row: number, time: number): boolean {
  return vehicle !== null && board.rules(row, vehicle, permits, time).rules.mayPark === 'no'
}
