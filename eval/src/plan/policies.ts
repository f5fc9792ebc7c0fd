import { mostFreeFirst, nearestFirst, planStops, type PlanCandidate, type PlanRider } from '@kickstand/domain'

/** A way to choose: which bays to try, in order, of those not tried yet; `full` are those tried. */
export type Policy = {
  readonly name: PolicyName
  /** Asked again after each bay that was full; without, only when all of an order were. */
  readonly asksAgain?: true
  /** Is told where there will be a space, or where there is one as it asks: nobody can be, it shows what is left to gain. */
  readonly sees?: 'then' | 'now'
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

/** The most that GET /v1/plan gives. */
const STOPS = 5
/** What a careful rider reads from a map: colours, not figures. Below this a bay is shown as full. */
const SHOWN_FULL = 0.25

function plan(candidates: readonly PlanCandidate[], rider: PlanRider, full: readonly PlanCandidate[]): number[] {
  return planStops(candidates, rider, STOPS, full).stops.map((stop) => stop.candidate)
}

export function policies(): readonly Policy[] {
  return [
    { name: 'plan', asksAgain: true, choose: plan },
    { name: 'plan-once', choose: plan },
    {
      name: 'plan-parked',
      asksAgain: true,
      choose: (candidates, rider, full) => plan(candidates, { ...rider, walkWeight: 0 }, full),
    },
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
    { name: 'plan-seeing', asksAgain: true, sees: 'now', choose: plan },
    { name: 'plan-knowing', asksAgain: true, sees: 'then', choose: plan },
  ]
}
