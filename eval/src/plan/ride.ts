import { LATER_SECONDS, rideSeconds, TOWN_RIDER, type PlanCandidate, type PlanRider } from '@kickstand/domain'
import type { City } from './city.ts'
import type { CrowdEstimates } from './crowd.ts'
import type { Truth } from './hidden-truth.ts'
import type { Policy } from './policies.ts'

/** A rider about to set off from a place of the streets to another, at a minute of the truth. */
export type Trip = { readonly from: number; readonly to: number; readonly minute: number }

export type Outcome = {
  /** Seconds from setting off until parked, and until at the destination on foot. */
  readonly parked: number
  readonly there: number
  readonly stops: number
  /** Nothing found in so many stops. */
  readonly gaveUp: boolean
}

/** Bays around the destination that the map shows, as the service looks at; and tries until a rider gives up. */
const SHOWN = 80
const TRIES = 15

/** Bays around a destination, nearest first. */
export function baysAround({ bays, streets }: City, to: number): number[] {
  const metres = bays.map((bay) => Math.hypot(bay.east - streets.east[to], bay.north - streets.north[to]))
  return Array.from(bays.keys())
    .toSorted((a, b) => metres[a] - metres[b])
    .slice(0, SHOWN)
}

/**
 * Follows a policy through the streets as they are, until there is a space or the rider gives up and searches on at the cost of the
 * plan's fallback. Every policy rides through the same truth: a rider takes no space from anybody.
 */
export function ride(city: City, truth: Truth, map: CrowdEstimates, trip: Trip, policy: Policy): Outcome {
  const { bays, from, streets } = city
  const left = baysAround(city, trip.to)
  let at = { east: streets.east[trip.from], north: streets.north[trip.from], place: trip.from }
  let seconds = 0
  let stops = 0
  let order: number[] = []
  while (stops < TRIES && left.length > 0) {
    const next = order.shift()
    if (next === undefined) {
      const rider = riderAt(city, at, trip.to)
      const candidates = left.map((bay) => candidateOf(city, map, bay, rider, trip, seconds))
      order = policy.choose(candidates, rider).map((i) => left[i])
      if (order.length === 0) break
      continue
    }
    left.splice(left.indexOf(next), 1)
    seconds += from[next][at.place] / TOWN_RIDER.rideSpeed + TOWN_RIDER.stopSeconds
    stops += 1
    at = bays[next]
    const minute = Math.min(truth.minutes - 1, Math.floor(trip.minute + seconds / 60))
    if (truth.occupied[minute * bays.length + next] < bays[next].capacity) {
      return { parked: seconds, there: seconds + from[next][trip.to] / TOWN_RIDER.walkSpeed, stops, gaveUp: false }
    }
  }
  seconds += TOWN_RIDER.fallbackSeconds
  return { parked: seconds, there: seconds, stops, gaveUp: true }
}

function riderAt({ streets }: City, at: { east: number; north: number }, to: number): PlanRider {
  return { ...TOWN_RIDER, east: at.east - streets.east[to], north: at.north - streets.north[to] }
}

function candidateOf(
  { bays, streets }: City,
  map: CrowdEstimates,
  bay: number,
  rider: PlanRider,
  trip: Trip,
  elapsed: number,
): PlanCandidate {
  const east = bays[bay].east - streets.east[trip.to]
  const north = bays[bay].north - streets.north[trip.to]
  const arrive = elapsed + rideSeconds(rider, Math.hypot(east - rider.east, north - rider.north)) + rider.stopSeconds
  const { chance, expectedFree } = map.told(bay, trip.minute + arrive / 60)
  const later = chance === null ? null : map.told(bay, trip.minute + (arrive + LATER_SECONDS) / 60).chance
  return { east, north, chance, chanceLater: later, expectedFree }
}
