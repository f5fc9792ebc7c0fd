import { MAX_FULL, MAX_STOPS, type Plan, type PlanCandidate, type PlanRider, type PlanStop } from './plan.ts'
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
import { costOrder, createTables, fillTables, searchOrder, START, type OrderStep } from './search-order.ts'

const tables = createTables()

/**
 * What to try first, then, so that the expected time until parked and, as `walkWeight` has it, walked is least, of at most `stops` (1 to
 * {@link MAX_STOPS}) of the candidates. The same input gives the same plan; of equal candidates the earlier comes first. No stops
 * where there are no candidates, or where none is worth the ride. `full` are zones that the rider has just seen full, the last
 * seen last, none among the candidates: their neighbours are likelier full, too.
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
  fillTables(tables, candidates, chosen, rider, wanted, guess, full.slice(-MAX_FULL))
  const known = [nearestFirst(candidates), mostFreeFirst(candidates)].map((order) =>
    order.slice(0, tables.stops).map((candidate) => chosen.indexOf(candidate)),
  )
  const order = searchOrder(tables, known)
  const steps: OrderStep[] = []
  const expectedSeconds = costOrder(tables, order, steps)
  const picked = order.map((place) => chosen[place])
  return {
    stops: tellStops(candidates, rider, order, picked, steps, guess),
    expectedSeconds,
    chance: steps.reduce((sum, step) => sum + step.parking, 0),
  }
}

/**
 * Expected seconds of trying candidates in an order of somebody's own (at most {@link MAX_STOPS}, none twice), by the same
 * model as `planStops`, and the probability of a space at one of them.
 */
export function costOfOrder(
  candidates: readonly PlanCandidate[],
  rider: PlanRider,
  order: readonly number[],
): { readonly expectedSeconds: number; readonly chance: number } {
  const tried = order.slice(0, MAX_STOPS)
  const others = chooseCandidates(candidates, rider, MAX_STOPS).filter((candidate) => !tried.includes(candidate))
  // Beside the same others as in a plan, so that what they share is the same.
  const looked = [...tried, ...others].slice(0, MAX_PLANNED)
  fillTables(tables, candidates, looked, rider, tried.length, guessChance(candidates), [])
  const steps: OrderStep[] = []
  const expectedSeconds = costOrder(tables, [...tried.keys()], steps)
  return { expectedSeconds, chance: steps.reduce((sum, step) => sum + step.parking, 0) }
}

function tellStops(
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
  let onwards = last === undefined ? 0 : seekSeconds(rider, candidates[last])
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const { coming, parking, arrive } = steps[i]
    const from = i === 0 ? START : order[i - 1]
    const ride = tables.legs[from * MAX_PLANNED + order[i]]
    const walk = walkSeconds(rider, candidates[picked[i]])
    const chance = coming > 0 ? Math.min(1, parking / coming) : 0
    onwards = ride + rider.stopSeconds + chance * rider.walkWeight * walk + (1 - chance) * onwards
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
      expectedSeconds: (i === 0 ? 0 : steps[i - 1].arrive) + onwards,
      reasons: reasonsOf(facts, i, chance, walk, ride * rider.rideSpeed),
    })
  }
  return stops
}
