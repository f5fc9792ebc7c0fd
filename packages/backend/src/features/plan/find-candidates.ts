import type { PlanQuery } from '@kickstand/contract'
import {
  LATER_SECONDS,
  localPlane,
  MAX_FULL_ZONES,
  rideSeconds,
  type PlanCandidate,
  type PlanRider,
} from '@kickstand/domain'
import type { EstimateReader, ZoneReader, ZoneSearch } from '#read-model/board-types.ts'
import { passes, readFilter, type SearchFilter } from '#read-model/search-filter.ts'

const DEFAULT_RADIUS_METRES = 2_000
/** Maximum number of zones, nearest to the destination first, that a plan considers. */
const MAX_CANDIDATES = 80

export type Place = { readonly lat: number; readonly lng: number }
export type FoundCandidates = {
  readonly rows: readonly number[]
  readonly candidates: readonly PlanCandidate[]
  /** The last zones of the query parameter `full`, without unknown, closed and forbidden ones. */
  readonly full: readonly PlanCandidate[]
  readonly rider: PlanRider
}

/**
 * Zones around the destination that match the query, with the chance of a space for a rider who leaves at `time` (epoch
 * milliseconds) and rides there directly, by the data known at `now`. `speeds` is the rider without the position. Only rows
 * that `accept` returns true for are considered.
 */
export function findCandidates(
  board: ZoneReader & ZoneSearch & EstimateReader,
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
    query.radius ?? DEFAULT_RADIUS_METRES,
    MAX_CANDIDATES,
    (row) => accept(row) && !seenFull.has(row) && passes(board, filter, row, time, now),
    filter.masks,
  )
  const rows: number[] = []
  const candidates: PlanCandidate[] = []
  function candidateOf(row: number): PlanCandidate | null {
    const { east, north } = plane(board.lat(row), board.lng(row))
    const ride = rideSeconds(rider, Math.hypot(east - rider.east, north - rider.north)) + rider.stopSeconds
    const onArrival = board.availability(row, time + ride * 1000, now)
    // A closed zone has no space to offer.
    if (onArrival.state === 'closed') return null
    if (isForbidden(board, filter, row, time + ride * 1000)) return null
    const later =
      onArrival.chance === null ? null : board.availability(row, time + (ride + LATER_SECONDS) * 1000, now).chance
    return { east, north, chance: onArrival.chance, chanceLater: later, expectedFree: onArrival.expectedFree }
  }
  for (const row of found.rows.subarray(0, found.count)) {
    const candidate = candidateOf(row)
    if (candidate === null) continue
    rows.push(row)
    candidates.push(candidate)
  }
  const full = [...seenFull]
    .slice(-MAX_FULL_ZONES)
    .map(candidateOf)
    .filter((one) => one !== null)
  return { rows, candidates, full, rider }
}

/** Rows of the zones that the rider has just seen full, in that order. Unknown ids are ignored. */
function rowsSeenFull(board: ZoneReader & ZoneSearch & EstimateReader, ids: string | undefined): Set<number> {
  const rows = (ids ?? '').split(',').map((id) => board.row(id.trim()))
  return new Set(rows.filter((row) => row !== undefined))
}

/** Whether the rider's vehicle is known not to be allowed there on arrival. */
function isForbidden(
  board: ZoneReader & ZoneSearch & EstimateReader,
  { vehicle, permits }: SearchFilter,
  row: number,
  time: number,
): boolean {
  return vehicle !== null && board.rules(row, vehicle, permits, time).rules.mayPark === 'no'
}
