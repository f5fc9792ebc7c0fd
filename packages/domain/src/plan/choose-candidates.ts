import { MAX_STOPS, type PlanCandidate, type PlanRider } from './plan.ts'
import { MAX_PLANNED } from './scenarios.ts'

/** Chance of a zone of which nobody has said anything, where nothing is known around it either; and how much that weighs. */
const UNKNOWN_CHANCE = 0.3
const UNKNOWN_WEIGHT = 3
/** A guess is worth less than what was seen, and never more than an even chance. */
const CAUTION = 0.7
const MOST_GUESSED = 0.5

/** A cautious guess of the chance at zones of which nothing is known, from those of which something is. In (0, 0.5]. */
export function guessChance(candidates: readonly PlanCandidate[]): number {
  let sum = UNKNOWN_CHANCE * UNKNOWN_WEIGHT
  let weight = UNKNOWN_WEIGHT
  for (const { chance } of candidates) {
    if (chance === null) continue
    sum += chance
    weight += 1
  }
  return Math.min(MOST_GUESSED, (CAUTION * sum) / weight)
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

/** Expected seconds from a place on without any more stop: riding to the destination and searching there. */
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

/** Order of the nearest to the destination first; equals as they came. */
export function nearestFirst(candidates: readonly PlanCandidate[]): number[] {
  return order(candidates, walkMetres)
}

/** Order of the most expected free spaces first, unknown last; equals by distance. */
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
 * The candidates that an order can be made of, at most MAX_PLANNED, best alone first. Left out is who is beaten by as many
 * as a plan has stops (a better chance, a shorter walk and a shorter ride): they would all come before. The first of the orders
 * that plans are held against are always in.
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
    if (!isBeaten(candidates, rider, i, byAlone, stops, guess)) kept.add(i)
  }
  return byAlone.filter((i) => kept.has(i))
}

function isBeaten(
  candidates: readonly PlanCandidate[],
  rider: PlanRider,
  i: number,
  byAlone: readonly number[],
  stops: number,
  guess: number,
): boolean {
  const mine = candidates[i]
  const ride = Math.hypot(mine.east - rider.east, mine.north - rider.north)
  let beaten = 0
  // Who beats another is also better alone.
  for (const j of byAlone) {
    if (j === i) return false
    const other = candidates[j]
    if ((other.chance ?? guess) < (mine.chance ?? guess) || walkMetres(other) > walkMetres(mine)) continue
    if ((other.chanceLater ?? other.chance ?? guess) < (mine.chanceLater ?? mine.chance ?? guess)) continue
    // Nearer to the rider, and no dearer to ride on from: there and back would still be shorter.
    if (Math.hypot(other.east - rider.east, other.north - rider.north) > ride) continue
    beaten += 1
    if (beaten >= stops) return true
  }
  return false
}
