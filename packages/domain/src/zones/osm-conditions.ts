import { joinConditionals } from './conditional.ts'
import { feeOfTags } from './osm-fee.ts'
import { ownMotorcycleTag, type OsmTags } from './osm-special.ts'
import type { ZoneFacts } from './zone.ts'

type Conditions = Pick<ZoneFacts, 'feeConditional' | 'maxStayConditional'>

/** Conditions of fee and maximum stay, in OSM's conditional syntax. */
export function conditionsOf(tags: OsmTags): Conditions {
  return {
    feeConditional: joinConditionals([feeOfTags(tags).conditional, conditionalTag(tags, 'fee')]),
    maxStayConditional: joinConditionals([conditionalTag(tags, 'maxstay')]),
  }
}

/** A tag with conditions. A value that is stated for motorcycles is not subject to the conditions that are stated for all. */
export function conditionalTag(tags: OsmTags, key: string): string | undefined {
  const own = tags[`${key}:motorcycle:conditional`] ?? ownMotorcycleTag(tags, `${key}:conditional`)
  return own ?? (ownMotorcycleTag(tags, key) === undefined ? tags[`${key}:conditional`] : undefined)
}
