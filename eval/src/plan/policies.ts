import { mostFreeFirst, nearestFirst, planStops, type PlanCandidate, type PlanRider } from '@kickstand/domain'

/** A policy for choosing bays: the order of the untried candidates; `full` are those already tried. */
export type Policy = {
  readonly name: PolicyName
  /** Whether it is called again after each full bay. Otherwise only at the end of an order. */
  readonly replans?: true
  /** Whether it knows the free spaces on arrival, or those at the time of the request. Not possible in practice; an upper bound. */
  readonly oracle?: 'on-arrival' | 'now'
  choose(candidates: readonly PlanCandidate[], rider: PlanRider, full: readonly PlanCandidate[]): readonly number[]
}

export const POLICIES = [
  'plan',
  'plan-once',
  'plan-parked',
  'nearest-first',
  'most-free-first',
  'nearest-not-full',
  'plan-seeing',
  'plan-knowing',
] as const
export type PolicyName = (typeof POLICIES)[number]

/** The maximum of GET /v1/plan. */
const MAX_STOPS = 5
/** Below this chance the map shows a bay as full. */
const SHOWN_FULL_BELOW = 0.25

function plan(candidates: readonly PlanCandidate[], rider: PlanRider, full: readonly PlanCandidate[]): number[] {
  return planStops(candidates, rider, MAX_STOPS, full).stops.map((stop) => stop.candidate)
}

/** All policies that are compared, with those that know more than a rider can. */
export function policies(): readonly Policy[] {
  return [
    { name: 'plan', replans: true, choose: plan },
    { name: 'plan-once', choose: plan },
    {
      name: 'plan-parked',
      replans: true,
      choose: (candidates, rider, full) => plan(candidates, { ...rider, walkWeight: 0 }, full),
    },
    { name: 'nearest-first', choose: nearestFirst },
    { name: 'most-free-first', choose: mostFreeFirst },
    {
      name: 'nearest-not-full',
      choose(candidates) {
        const order = nearestFirst(candidates)
        const full = (i: number): boolean => (candidates[i].chance ?? 1) < SHOWN_FULL_BELOW
        return [...order.filter((i) => !full(i)), ...order.filter(full)]
      },
    },
    { name: 'plan-seeing', replans: true, oracle: 'now', choose: plan },
    { name: 'plan-knowing', replans: true, oracle: 'on-arrival', choose: plan },
  ]
}
