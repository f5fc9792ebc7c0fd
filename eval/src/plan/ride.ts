import { LATER_SECONDS, rideSeconds, TOWN_RIDER, type PlanCandidate, type PlanRider } from '@kickstand/domain'
import type { City } from './city.ts'
import type { CrowdEstimates } from './crowd.ts'
import type { Truth } from './ground-truth.ts'
import type { Policy } from './policies.ts'
import { streetMetres } from './streets.ts'

/** A trip between two nodes of the streets, starting at a minute of the truth. */
export type Trip = { readonly from: number; readonly to: number; readonly minute: number }

export type Outcome = {
  /** Seconds from the start until parked, and until at the destination on foot. */
  readonly parked: number
  readonly there: number
  /** The latter minus riding straight to the destination: searching and walking. */
  readonly beyond: number
  readonly stops: number
  /** Whether the rider found nothing within the maximum number of stops. */
  readonly gaveUp: boolean
}

/** Number of bays around the destination that the service considers, and of tries before a rider gives up. */
const MAX_BAYS_SHOWN = 80
const MAX_TRIES = 15

/** Bays around a destination, nearest first. */
export function baysAround({ bays, streets }: City, to: number): number[] {
  const metres = bays.map((bay) => Math.hypot(bay.east - streets.east[to], bay.north - streets.north[to]))
  return Array.from(bays.keys())
    .toSorted((a, b) => metres[a] - metres[b])
    .slice(0, MAX_BAYS_SHOWN)
}

/**
 * Follows a policy through the streets until there is a space, or until the rider gives up, at the cost of the plan's fallback. Every
 * policy has the same truth: the rider's own bike takes no space.
 */
export function ride(city: City, truth: Truth, map: CrowdEstimates, trip: Trip, policy: Policy): Outcome {
  const { bays, from, streets } = city
  const straight = streetMetres(streets, trip.to)[trip.from] / TOWN_RIDER.rideSpeed
  const left = baysAround(city, trip.to)
  let at = { east: streets.east[trip.from], north: streets.north[trip.from], place: trip.from }
  let seconds = 0
  let stops = 0
  const full: number[] = []
  let order: number[] = []
  while (stops < MAX_TRIES && left.length > 0) {
    const next = order.shift()
    if (next === undefined) {
      const rider = riderAt(city, at, trip.to)
      const minute = trip.minute + seconds / 60
      const estimates =
        policy.oracle === undefined ? map : withOracle(city, truth, map, policy.oracle === 'now' ? minute : null)
      const candidate = (bay: number): PlanCandidate => candidateOf(city, estimates, bay, rider, trip, seconds)
      order = policy.choose(left.map(candidate), rider, full.map(candidate)).map((i) => left[i])
      if (order.length === 0) break
      continue
    }
    left.splice(left.indexOf(next), 1)
    seconds += from[next][at.place] / TOWN_RIDER.rideSpeed + TOWN_RIDER.stopSeconds
    stops += 1
    at = bays[next]
    if (hasSpace(city, truth, next, trip.minute + seconds / 60)) {
      const there = seconds + from[next][trip.to] / TOWN_RIDER.walkSpeed
      return { parked: seconds, there, beyond: there - straight, stops, gaveUp: false }
    }
    full.push(next)
    if (policy.replans === true) order = []
  }
  seconds += TOWN_RIDER.fallbackSeconds
  return { parked: seconds, there: seconds, beyond: seconds - straight, stops, gaveUp: true }
}

function hasSpace({ bays }: City, truth: Truth, bay: number, minute: number): boolean {
  const at = Math.min(truth.minutes - 1, Math.floor(minute))
  return truth.occupied[at * bays.length + bay] < bays[bay].capacity
}

/** Approximate chance that a free bay is still free some minutes later, and that a full one is free by then. */
const FREE_STAYS_CHANCE = 0.85
const FULL_FREES_CHANCE = 0.2

/** Estimates that know the free spaces on arrival, or those at the minute `now`. */
function withOracle(city: City, truth: Truth, map: CrowdEstimates, now: number | null): CrowdEstimates {
  const [free, full] = now === null ? [1, 0] : [FREE_STAYS_CHANCE, FULL_FREES_CHANCE]
  return {
    ...map,
    estimate: (bay, minute) => ({
      ...map.estimate(bay, minute),
      chance: hasSpace(city, truth, bay, now ?? minute) ? free : full,
    }),
  }
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
  const { chance, expectedFree } = map.estimate(bay, trip.minute + arrive / 60)
  const later = chance === null ? null : map.estimate(bay, trip.minute + (arrive + LATER_SECONDS) / 60).chance
  return { east, north, chance, chanceLater: later, expectedFree }
}
