import { mostFreeFirst, nearestFirst, planStops, type PlanCandidate, type PlanRider } from '@kickstand/domain'

/** A way to choose: which bays to try, in order, of those not tried yet. Asked again when all of them were full. */
export type Policy = {
  readonly name: PolicyName
  choose(candidates: readonly PlanCandidate[], rider: PlanRider): readonly number[]
}

export const POLICIES = ['plan', 'nearest-first', 'most-free-first', 'nearest-not-full'] as const
export type PolicyName = (typeof POLICIES)[number]

/** The most that GET /v1/plan gives. */
const STOPS = 5
/** What a careful rider reads from a map: colours, not figures. Below this a bay is shown as full. */
const SHOWN_FULL = 0.25

export function policies(): readonly Policy[] {
  return [
    { name: 'plan', choose: (candidates, rider) => planStops(candidates, rider, STOPS).stops.map((s) => s.candidate) },
    { name: 'nearest-first', choose: nearestFirst },
    { name: 'most-free-first', choose: mostFreeFirst },
    {
      name: 'nearest-not-full',
      choose(candidates) {
        const order = nearestFirst(candidates)
        const full = (i: number): boolean => (candidates[i].chance ?? 1) < SHOWN_FULL
        return [...order.filter((i) => !full(i)), ...order.filter(full)]
      },
    },
  ]
}
