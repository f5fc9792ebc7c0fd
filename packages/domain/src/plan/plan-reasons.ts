import { walkMetres, walkSeconds } from './choose-candidates.ts'
import type { PlanCandidate, PlanReason, PlanRider } from './plan.ts'

/** Farther on by road than this is not close by. */
const CLOSE_METRES = 400
/** A chance that the failures before took so much from is worth a word. */
const LOWERED_BY = 0.05
/** A zone left out for its chance: at most so likely, and saving at least so many seconds on foot. */
const LIKELY_FULL = 0.5
const WORTH_SECONDS = 60

export type StopFacts = {
  readonly candidates: readonly PlanCandidate[]
  readonly rider: PlanRider
  /** Candidates of the plan in order. */
  readonly picked: readonly number[]
  readonly guess: number
}

/** Why stop number `i` of a plan is where it is, the plainest reason first. */
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
  } else if (rideMetres <= CLOSE_METRES) {
    reasons.push({ code: 'close-by', chance: null, metres: rideMetres, seconds: null })
  }
  const alone = candidate.chance ?? guess
  if (alone - chance >= LOWERED_BY) {
    reasons.push({ code: 'full-nearby', chance: alone, metres: null, seconds: null })
  }
  return reasons
}

/** The likeliest of the zones that would have been a clearly shorter walk, where even that is likely full. */
function bestNearer({ candidates, guess, rider }: StopFacts, walk: number): PlanReason | null {
  let best: PlanReason | null = null
  for (const candidate of candidates) {
    const saved = walk - walkSeconds(rider, candidate)
    const chance = candidate.chance ?? guess
    if (saved < WORTH_SECONDS || chance <= (best?.chance ?? -1)) continue
    best = { code: 'nearer-are-likely-full', chance, metres: null, seconds: saved }
  }
  return best !== null && (best.chance ?? 1) <= LIKELY_FULL ? best : null
}
