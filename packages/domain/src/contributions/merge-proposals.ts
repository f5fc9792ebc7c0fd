import { distance } from '#geo/great-circle.ts'
import { everyVehicle } from '#vehicles/vehicle.ts'
import { CONTRIBUTED_FACTS, type ContributedFact } from '#zones/fields/field-lists.ts'
import { UNKNOWN_FACTS, type ZoneFacts } from '#zones/zone.ts'
import type { Spot } from './rider-field.ts'

/** A place that is not on the map, as a rider proposes it. */
export type Proposal = Spot & Partial<Pick<ZoneFacts, ContributedFact>>

/** Metres within which two riders mean the same missing place. */
const SAME_PLACE_METRES = 30

export function isSameProposal(a: Spot, b: Spot): boolean {
  return distance(a.lat, a.lng, b.lat, b.lng) <= SAME_PLACE_METRES
}

/**
 * Merges proposals, the earliest first, into one zone: each fact by the majority, the earlier value at a tie, and the position of
 * the first.
 */
export function mergeProposals(proposals: readonly [Proposal, ...Proposal[]]): ZoneFacts {
  const [{ lat, lng }] = proposals
  const facts: Record<string, unknown> = {}
  for (const field of CONTRIBUTED_FACTS) {
    const values = proposals.map((proposal) => proposal[field]).filter((value) => value !== undefined && value !== null)
    const groups = [...Map.groupBy(values, (value) => value).values()]
    const best = groups.reduce<typeof values>((largest, group) => (group.length > largest.length ? group : largest), [])
    if (best.length > 0) facts[field] = best[0]
  }
  return { ...UNKNOWN_FACTS, vehicles: everyVehicle('unknown'), ...facts, lat, lng }
}
