import { MAX_FULL_ZONES, MAX_STOPS, type Plan, type PlanCandidate, type PlanRider, type PlanStop } from './plan.ts'
import {
  chooseCandidates,
  guessChance,
  mostFreeFirst,
  nearestFirst,
  seekSeconds,
  walkSeconds,
} from './choose-candidates.ts'
import { reasonsOf, type StopFacts } from './plan-reasons.ts'
import { MAX_PLANNED } from './scenarios.ts'
import { createTables, fillTables, START } from './order-tables.ts'
import { costOrder, searchOrder, type OrderStep } from './search-order.ts'

const tables = createTables()

/**
 * Plans at most `stops` (1 to {@link MAX_STOPS}) of the candidates in the order with the least expected time until parked and,
 * weighted by `walkWeight`, walked. The same input gives the same plan; of equal candidates the earlier comes first. No stops
 * without candidates, or where none is worth the ride. `full` are zones that the rider has just seen full, the latest last, none of
 * them among the candidates: their neighbours are more likely to be full.
 */
export function planStops(
  candidates: readonly PlanCandidate[],
  rider: PlanRider,
  stops: number,
  full: readonly PlanCandidate[] = [],
): Plan {
  const wanted = Math.min(MAX_STOPS, Math.max(1, Math.floor(stops)))
  const chosen = chooseCandidates(candidates, rider, MAX_STOPS)
  const guess = guessChance(candidates)
  fillTables(tables, candidates, chosen, rider, wanted, guess, full.slice(-MAX_FULL_ZONES))
  const known = [nearestFirst(candidates), mostFreeFirst(candidates)].map((order) =>
    order.slice(0, tables.stops).map((candidate) => chosen.indexOf(candidate)),
  )
  const order = searchOrder(tables, known)
  const steps: OrderStep[] = []
  const expectedSeconds = costOrder(tables, order, steps)
  const picked = order.map((place) => chosen[place])
  return {
    stops: describeStops(candidates, rider, order, picked, steps, guess),
    expectedSeconds,
    chance: steps.reduce((sum, step) => sum + step.parking, 0),
  }
}

/**
 * Expected seconds of trying candidates in a given order (at most {@link MAX_STOPS}, none twice), by the same model as
 * `planStops`, and the probability of a space at one of them.
 */
export function costOfOrder(
  candidates: readonly PlanCandidate[],
  rider: PlanRider,
  order: readonly number[],
): { readonly expectedSeconds: number; readonly chance: number } {
  const planned = order.slice(0, MAX_STOPS)
  const others = chooseCandidates(candidates, rider, MAX_STOPS).filter((candidate) => !planned.includes(candidate))
  // With the same other candidates as in a plan, so that the shared demand is the same.
  const considered = [...planned, ...others].slice(0, MAX_PLANNED)
  fillTables(tables, candidates, considered, rider, planned.length, guessChance(candidates), [])
  const steps: OrderStep[] = []
  const expectedSeconds = costOrder(tables, [...planned.keys()], steps)
  return { expectedSeconds, chance: steps.reduce((sum, step) => sum + step.parking, 0) }
}

function describeStops(
  candidates: readonly PlanCandidate[],
  rider: PlanRider,
  order: readonly number[],
  picked: readonly number[],
  steps: readonly OrderStep[],
  guess: number,
): PlanStop[] {
  const facts: StopFacts = { candidates, rider, picked, guess }
  const stops: PlanStop[] = []
  const last = picked.at(-1)
  let secondsFromHere = last === undefined ? 0 : seekSeconds(rider, candidates[last])
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const { coming, parking, arrive } = steps[i]
    const from = i === 0 ? START : order[i - 1]
    const ride = tables.legs[from * MAX_PLANNED + order[i]]
    const walk = walkSeconds(rider, candidates[picked[i]])
    const chance = coming > 0 ? Math.min(1, parking / coming) : 0
    secondsFromHere = ride + rider.stopSeconds + chance * rider.walkWeight * walk + (1 - chance) * secondsFromHere
    stops.unshift({
      candidate: picked[i],
      rideSeconds: ride,
      rideMetres: ride * rider.rideSpeed,
      walkSeconds: walk,
      arriveSeconds: arrive,
      chance,
      chanceKnown: candidates[picked[i]].chance !== null,
      reachedWith: coming,
      chanceSoFar: 1 - coming + parking,
      expectedSeconds: (i === 0 ? 0 : steps[i - 1].arrive) + secondsFromHere,
      reasons: reasonsOf(facts, i, chance, walk, ride * rider.rideSpeed),
    })
  }
  return stops
}
