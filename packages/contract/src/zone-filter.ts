import { PERMITS, VEHICLES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf } from './shared.ts'

/** Words of a closed set, as a list with commas or repeated: `covered=yes,unknown`, `covered=yes&covered=unknown`. */
function answers(words: readonly string[], description: string) {
  const word = `(?:${words.join('|')})`
  const list = { type: 'string', pattern: `^${word}(?:,${word})*$` }
  return Type.Optional(
    Type.Unsafe<string | string[]>({
      anyOf: [list, { type: 'array', items: list, minItems: 1, maxItems: 8 }],
      description: `${description}. One or several of: ${words.join(', ')}`,
      examples: [`${words[0]},${words.at(-1)}`],
    }),
  )
}

const THREE = ['yes', 'no', 'unknown']

/**
 * What narrows a search, the same on every list. Where nobody has said, the answer is `unknown`, a value of its own: it is
 * let in only by who asks for it.
 */
export const zoneFilterFields = {
  vehicle: Type.Optional(
    oneOf(VEHICLES, 'Leaves out zones where this vehicle may not park, and tells each zone’s rules'),
  ),
  permits: answers(PERMITS, 'What the rider holds, for the rules: a customer of the place, a permit for it'),
  mayPark: answers(THREE, 'Whether the vehicle (a motorcycle unless named) may park, by all rules, at the time asked'),
  free: answers(['free', 'paid', ...THREE], 'Free of charge at the time asked'),
  covered: answers([...THREE, 'true', 'false'], 'Under a roof'),
  secure: answers(THREE, 'Anchors to lock to, or watched'),
  surface: answers(['hard', 'soft', ...THREE], 'Whether the ground carries a side-stand: hard (yes) or soft (no)'),
  charging: answers(THREE, 'Charging for electric vehicles'),
  open: answers(THREE, 'Open at the time asked, by its opening hours'),
  likelyFree: answers(THREE, 'A space with a chance of 0.5 or more at the time asked'),
}

const ZoneFilterSchema = Type.Object(zoneFilterFields)
export type ZoneFilterQuery = Static<typeof ZoneFilterSchema>

/** Filters of a tile: `now` for those that depend on the time. */
export const TileQuerySchema = Type.Object(zoneFilterFields, { additionalProperties: false })
