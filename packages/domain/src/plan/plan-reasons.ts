import { walkMetres, walkSeconds } from './choose-candidates.ts'
import type { PlanCandidate, PlanReason, PlanRider } from './plan.ts'

/** A stop is close by up to this distance by road from the one before. */
const MAX_CLOSE_METRES = 400
/** `full-nearby` is stated from this difference of the chance. */
const MIN_LOWERED_CHANCE = 0.05
/** `nearer-are-likely-full` is stated for zones with at most this chance that save at least so many seconds on foot. */
const MAX_LIKELY_FULL_CHANCE = 0.5
const MIN_SAVED_WALK_SECONDS = 60

export type StopFacts = {
  readonly candidates: readonly PlanCandidate[]
  readonly rider: PlanRider
  /** Candidates of the plan in order. */
  readonly picked: readonly number[]
  readonly guess: number
}

/** The reasons for stop number `i` of a plan, the simplest first. */
export function reasonsOf(facts: StopFacts, i: number, chance: number, walk: number, rideMetres: number): PlanReason[] {
  const { candidates, guess, picked, rider } = facts
  const candidate = candidates[picked[i]]
  const reasons: PlanReason[] = [
    { code: candidate.chance === null ? 'chance-unknown' : 'chance', chance, metres: null, seconds: walk },
  ]
  if (i === 0) {
    if (candidates.every((other) => walkMetres(other) >= walkMetres(candidate))) {
      reasons.push({ code: 'nearest', chance: null, metres: walkMetres(candidate), seconds: null })
    } else if (rider.walkWeight > 0) {
      const passed = bestNearer(facts, walk)
      if (passed !== null) reasons.push(passed)
    }
  } else if (rideMetres <= MAX_CLOSE_METRES) {
    reasons.push({ code: 'close-by', chance: null, metres: rideMetres, seconds: null })
  }
  const alone = candidate.chance ?? guess
  if (alone - chance >= MIN_LOWERED_CHANCE) {
    reasons.push({ code: 'full-nearby', chance: alone, metres: null, seconds: null })
  }
  return reasons
}

/** The zone with the best chance among those with a clearly shorter walk; null where that chance is not low. */
function bestNearer({ candidates, guess, rider }: StopFacts, walk: number): PlanReason | null {
  let best: PlanReason | null = null
  for (const candidate of candidates) {
    const saved = walk - walkSeconds(rider, candidate)
    const chance = candidate.chance ?? guess
    if (saved < MIN_SAVED_WALK_SECONDS || chance <= (best?.chance ?? -1)) continue
    best = { code: 'nearer-are-likely-full', chance, metres: null, seconds: saved }
  }
  return best !== null && (best.chance ?? 1) <= MAX_LIKELY_FULL_CHANCE ? best : null
}
