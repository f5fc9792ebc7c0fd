import { LATER_SECONDS, rideSeconds, TOWN_RIDER, type PlanCandidate, type PlanRider } from '@kickstand/domain'
import type { City } from './city.ts'
import type { CrowdEstimates } from './crowd.ts'
import type { Truth } from './hidden-truth.ts'
import type { Policy } from './policies.ts'
import { streetMetres } from './streets.ts'

/** A rider about to set off from a place of the streets to another, at a minute of the truth. */
export type Trip = { readonly from: number; readonly to: number; readonly minute: number }

export type Outcome = {
  /** Seconds from setting off until parked, and until at the destination on foot. */
  readonly parked: number
  readonly there: number
  /** What of the latter is beyond riding straight to the destination: searching and walking. */
  readonly beyond: number
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
  const straight = streetMetres(streets, trip.to)[trip.from] / TOWN_RIDER.rideSpeed
  const left = baysAround(city, trip.to)
  let at = { east: streets.east[trip.from], north: streets.north[trip.from], place: trip.from }
  let seconds = 0
  let stops = 0
  const full: number[] = []
  let order: number[] = []
  while (stops < TRIES && left.length > 0) {
    const next = order.shift()
    if (next === undefined) {
      const rider = riderAt(city, at, trip.to)
      const asked = trip.minute + seconds / 60
      const know = policy.sees === undefined ? map : seeing(city, truth, map, policy.sees === 'now' ? asked : null)
      const candidate = (bay: number): PlanCandidate => candidateOf(city, know, bay, rider, trip, seconds)
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
    if (policy.asksAgain === true) order = []
  }
  seconds += TOWN_RIDER.fallbackSeconds
  return { parked: seconds, there: seconds, beyond: seconds - straight, stops, gaveUp: true }
}

function hasSpace({ bays }: City, truth: Truth, bay: number, minute: number): boolean {
  const at = Math.min(truth.minutes - 1, Math.floor(minute))
  return truth.occupied[at * bays.length + bay] < bays[bay].capacity
}

/** Chance that a space seen now is still there some minutes later, and that there is one then where there is none. Roughly. */
const STAYS = 0.85
const COMES = 0.2

/** What a map would tell that knew where there will be a space, or that sees where there is one at the minute `now`. */
function seeing(city: City, truth: Truth, map: CrowdEstimates, now: number | null): CrowdEstimates {
  const [free, full] = now === null ? [1, 0] : [STAYS, COMES]
  return {
    ...map,
    told: (bay, minute) => ({
      ...map.told(bay, minute),
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
  const { chance, expectedFree } = map.told(bay, trip.minute + arrive / 60)
  const later = chance === null ? null : map.told(bay, trip.minute + (arrive + LATER_SECONDS) / 60).chance
  return { east, north, chance, chanceLater: later, expectedFree }
}
