import { answerWords, FILTER_NAMES, PERMITS, VEHICLES, type FilterName } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf } from './shared.ts'

/** Values of a closed set, comma-separated or repeated: `covered=yes,unknown`, `covered=yes&covered=unknown`. */
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

const DESCRIPTIONS: Partial<Readonly<Record<FilterName, string>>> = {
  free: 'Free of charge at the requested time',
  likelyFree: 'Probability of a free space of 0.5 or more at the requested time',
  covered: 'Under a roof',
  charging: 'Has charging for electric vehicles',
  secure: 'Has anchors to lock to, or surveillance',
  surface: 'Whether the surface holds a side stand: hard (yes) or soft (no)',
  open: 'Open at the requested time, by its opening hours',
  mayPark: 'Whether the vehicle (default: a motorcycle) may park at the requested time, by all rules',
}

type Answers = ReturnType<typeof answers>

/**
 * The filters of every list of zones. Where a fact is missing its value is `unknown`, which matches only a filter that
 * names it.
 */
export const zoneFilterFields = {
  vehicle: Type.Optional(
    oneOf(VEHICLES, 'Excludes zones where this vehicle may not park, and adds `rules` to each zone'),
  ),
  permits: answers(PERMITS, 'What the rider has, for the rules: is a customer of the place, holds a permit for it'),
  // `fromEntries` loses the names.
  ...(Object.fromEntries(
    FILTER_NAMES.map((name) => [name, answers(answerWords(name), DESCRIPTIONS[name] ?? `The fact \`${name}\``)]),
  ) as Record<FilterName, Answers>),
}

const ZoneFilterSchema = Type.Object(zoneFilterFields)
export type ZoneFilterQuery = Static<typeof ZoneFilterSchema>

/** Filters of a tile. Those that depend on the time are evaluated for now. */
export const TileQuerySchema = Type.Object(zoneFilterFields, { additionalProperties: false })
