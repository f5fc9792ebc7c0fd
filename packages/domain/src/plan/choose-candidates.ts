import { MAX_STOPS, type PlanCandidate, type PlanRider } from './plan.ts'
import { MAX_PLANNED } from './scenarios.ts'

/** Assumed chance where no zone of the area has an estimate, and its weight in zones. */
const UNKNOWN_CHANCE = 0.3
const UNKNOWN_CHANCE_WEIGHT = 3
/** A guessed chance is lower than the average of known ones, and at most even. */
const GUESS_FACTOR = 0.7
const MAX_GUESSED_CHANCE = 0.5

/** A cautious chance for zones without an estimate, from the zones with one. In (0, 0.5]. */
export function guessChance(candidates: readonly PlanCandidate[]): number {
  let sum = UNKNOWN_CHANCE * UNKNOWN_CHANCE_WEIGHT
  let weight = UNKNOWN_CHANCE_WEIGHT
  for (const { chance } of candidates) {
    if (chance === null) continue
    sum += chance
    weight += 1
  }
  return Math.min(MAX_GUESSED_CHANCE, (GUESS_FACTOR * sum) / weight)
}

/** Seconds to ride `metres` in a straight line. */
export function rideSeconds(rider: PlanRider, metres: number): number {
  return (metres * rider.rideDetour) / rider.rideSpeed
}

/** Metres in a straight line from a zone to the destination. */
export function walkMetres({ east, north }: PlanCandidate): number {
  return Math.hypot(east, north)
}

export function walkSeconds(rider: PlanRider, candidate: PlanCandidate): number {
  return (walkMetres(candidate) * rider.walkDetour) / rider.walkSpeed
}

/** Expected seconds from a place without any further stop: riding to the destination and searching there. */
export function seekSeconds(rider: PlanRider, from: { readonly east: number; readonly north: number }): number {
  return rideSeconds(rider, Math.hypot(from.east, from.north)) + rider.fallbackSeconds
}

/** Expected seconds of a plan with this stop alone. */
export function aloneSeconds(rider: PlanRider, candidate: PlanCandidate, guess: number): number {
  const chance = candidate.chance ?? guess
  const ride = rideSeconds(rider, Math.hypot(candidate.east - rider.east, candidate.north - rider.north))
  return (
    ride +
    rider.stopSeconds +
    chance * rider.walkWeight * walkSeconds(rider, candidate) +
    (1 - chance) * seekSeconds(rider, candidate)
  )
}

/** Candidates by distance to the destination, nearest first; equals in input order. */
export function nearestFirst(candidates: readonly PlanCandidate[]): number[] {
  return order(candidates, walkMetres)
}

/** Candidates by expected free spaces, most first and unknown last; equals by distance. */
export function mostFreeFirst(candidates: readonly PlanCandidate[]): number[] {
  return order(candidates, (candidate) => -(candidate.expectedFree ?? 0), walkMetres)
}

function order(candidates: readonly PlanCandidate[], ...keys: ((candidate: PlanCandidate) => number)[]): number[] {
  return candidates
    .map((_, i) => i)
    .toSorted((a, b) => {
      for (const key of keys) {
        const difference = key(candidates[a]) - key(candidates[b])
        if (difference !== 0) return difference
      }
      return a - b
    })
}

/**
 * The candidates for a plan, at most MAX_PLANNED, best alone first. Leaves out candidates that are dominated (chance, walk and ride)
 * by as many others as a plan has stops, since those would all come before. The first candidates of the orders that plans are
 * compared with are always included.
 */
export function chooseCandidates(candidates: readonly PlanCandidate[], rider: PlanRider, stops: number): number[] {
  const guess = guessChance(candidates)
  const alone = candidates.map((candidate) => aloneSeconds(rider, candidate, guess))
  const byAlone = candidates.map((_, i) => i).toSorted((a, b) => alone[a] - alone[b] || a - b)
  const kept = new Set([
    ...nearestFirst(candidates).slice(0, MAX_STOPS),
    ...mostFreeFirst(candidates).slice(0, MAX_STOPS),
  ])
  for (const i of byAlone) {
    if (kept.size === MAX_PLANNED) break
    if (!isDominated(candidates, rider, i, byAlone, stops, guess)) kept.add(i)
  }
  return byAlone.filter((i) => kept.has(i))
}

function isDominated(
  candidates: readonly PlanCandidate[],
  rider: PlanRider,
  i: number,
  byAlone: readonly number[],
  stops: number,
  guess: number,
): boolean {
  const mine = candidates[i]
  const ride = Math.hypot(mine.east - rider.east, mine.north - rider.north)
  let dominating = 0
  // A candidate that dominates another is also better alone.
  for (const j of byAlone) {
    if (j === i) return false
    const other = candidates[j]
    if ((other.chance ?? guess) < (mine.chance ?? guess) || walkMetres(other) > walkMetres(mine)) continue
    if ((other.chanceLater ?? other.chance ?? guess) < (mine.chanceLater ?? mine.chance ?? guess)) continue
    // Nearer to the rider, so riding on from it is no more expensive: even there and back is shorter.
    if (Math.hypot(other.east - rider.east, other.north - rider.north) > ride) continue
    dominating += 1
    if (dominating >= stops) return true
  }
  return false
}
