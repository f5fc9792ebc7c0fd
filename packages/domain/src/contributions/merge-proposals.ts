import { distance } from '#geo/great-circle.ts'
import { everyVehicle } from '#vehicles/vehicle.ts'
import { UNKNOWN_FACTS, type ZoneFacts } from '#zones/zone.ts'
import type { Spot } from './rider-field.ts'

/** What a rider may tell of a place that is not on the map. */
export const PROPOSED_FIELDS = [
  'name',
  'capacity',
  'kind',
  'covered',
  'lit',
  'surveillance',
  'anchors',
  'surface',
  'charging',
] as const
export type ProposedField = (typeof PROPOSED_FIELDS)[number]
export type Proposal = Spot & Partial<Pick<ZoneFacts, ProposedField>>

/** Metres within which two riders mean the same missing place. */
const SAME_PLACE = 30

export function isSameProposal(a: Spot, b: Spot): boolean {
  return distance(a.lat, a.lng, b.lat, b.lng) <= SAME_PLACE
}

/**
 * One zone from what riders tell of it, the first to tell first: each fact as most say it, the earlier where as many say
 * otherwise, and the place of the first.
 */
export function mergeProposals(proposals: readonly [Proposal, ...Proposal[]]): ZoneFacts {
  const [{ lat, lng }] = proposals
  const facts: Record<string, unknown> = {}
  for (const field of PROPOSED_FIELDS) {
    const said = proposals.map((proposal) => proposal[field]).filter((value) => value !== undefined && value !== null)
    const groups = [...Map.groupBy(said, (value) => value).values()]
    const best = groups.reduce<typeof said>((most, group) => (group.length > most.length ? group : most), [])
    if (best.length > 0) facts[field] = best[0]
  }
  return { ...UNKNOWN_FACTS, vehicles: everyVehicle('unknown'), ...facts, lat, lng }
}
