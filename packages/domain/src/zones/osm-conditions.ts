import type { OsmTags } from './osm-parking.ts'
import { readText } from './read-values.ts'
import type { ZoneFacts } from './zone.ts'

type Conditions = Pick<ZoneFacts, 'accessConditional' | 'feeConditional' | 'maxStayConditional'>

/** A tag for motorcycles where there is one, else the one for all. */
export function special(tags: OsmTags, key: string): string | undefined {
  return ownOf(tags, key) ?? tags[key]
}

function ownOf(tags: OsmTags, key: string): string | undefined {
  return tags[`${key}:motorcycle`] ?? tags[`motorcycle:${key}`]
}

/** Permission, fee and longest stay as far as they depend on time or on who asks, in OSM's conditional syntax. */
export function conditionsOf(tags: OsmTags): Conditions {
  // Of clauses that hold the last one wins: what is said of motorcycles comes after what is said of all.
  const access = [tags['access:conditional'], tags['motorcycle:conditional'], tags['access:motorcycle:conditional']]
  return {
    accessConditional: join(access),
    feeConditional: join([hoursOfFee(special(tags, 'fee')), conditional(tags, 'fee')]),
    maxStayConditional: join([conditional(tags, 'maxstay')]),
  }
}

/** A fee that is stated for motorcycles is not subject to the conditions that are stated for all. */
function conditional(tags: OsmTags, key: string): string | undefined {
  const own = tags[`${key}:motorcycle:conditional`] ?? ownOf(tags, `${key}:conditional`)
  return own ?? (ownOf(tags, key) === undefined ? tags[`${key}:conditional`] : undefined)
}

/** `fee=Mo-Fr 09:00-18:00` is free outside of these hours. */
function hoursOfFee(fee: string | undefined): string | undefined {
  const text = readText(fee)
  const isHours = text !== null && /\d{1,2}:\d\d|\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)\b|24\/7|sunrise|sunset/.test(text)
  return isHours ? `no @ (24/7); yes @ (${text})` : undefined
}

function join(texts: readonly (string | undefined)[]): string | null {
  const said = texts.map(readText).filter((text) => text !== null)
  return said.length === 0 ? null : said.join('; ')
}
