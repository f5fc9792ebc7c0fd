import type { OsmTags } from './osm-special.ts'
import { joinConditionals } from './conditional.ts'
import { readText } from './read-values.ts'
import type { Access } from './fields/vocabularies.ts'

/**
 * What a value of an OSM access key means to a rider. `no`: the key's vehicles may not enter. `unknown`: the meaning is not
 * certain. It never counts as a yes.
 */
export type OsmAccess = Access | 'no' | 'unknown'

/**
 * The values of https://wiki.openstreetmap.org/wiki/Key:access and their usual variants. Every other value is unknown:
 * `discouraged`, `use_sidepath`, `dismount`, `variable`, `unknown`, remarks of mappers.
 */
const ACCESS_WORDS: ReadonlyMap<string, OsmAccess> = new Map<string, OsmAccess>([
  ['yes', 'public'],
  ['public', 'public'],
  ['permissive', 'public'],
  ['designated', 'public'],
  ['official', 'public'],
  // A rider who parks has the zone as their destination.
  ['destination', 'public'],
  ['customers', 'customers'],
  ['customer', 'customers'],
  ['guests', 'customers'],
  ['visitors', 'customers'],
  ['permit', 'permit'],
  ['permit_holders', 'permit'],
  ['residents', 'permit'],
  ['resident', 'permit'],
  ['employees', 'permit'],
  ['staff', 'permit'],
  ['members', 'permit'],
  ['students', 'permit'],
  ['private', 'private'],
  // Reserved for others.
  ['agricultural', 'private'],
  ['forestry', 'private'],
  ['military', 'private'],
  ['emergency', 'private'],
  ['delivery', 'private'],
  ['psv', 'private'],
  ['bus', 'private'],
  ['taxi', 'private'],
  ['hov', 'private'],
  ['disabled', 'private'],
  ['no', 'no'],
  ['prohibited', 'no'],
])

/** The meaning of an access value; null for none. A list (`a;b`) has the common meaning of its values, else it is unknown. */
export function osmAccessOf(value: string | undefined): OsmAccess | null {
  const text = readText(value)?.toLowerCase() ?? null
  if (text === null) return null
  const words = text.split(';').map((word) => word.trim())
  const meanings = new Set(words.map((word) => ACCESS_WORDS.get(word) ?? 'unknown'))
  const [first = 'unknown'] = meanings
  return meanings.size === 1 ? first : 'unknown'
}

/** Who may enter by a value of OSM's `access`; null for none and for uncertain values. */
export function accessOfWord(value: string | null): Access | null {
  const meaning = osmAccessOf(value ?? undefined)
  return meaning === 'no' ? 'private' : meaning === 'unknown' ? null : meaning
}

/** Whether a value allows riders to enter, even if only as customers or with a permit. */
export function allowsEntry(value: string | undefined): boolean {
  const meaning = osmAccessOf(value)
  return meaning === 'public' || meaning === 'customers' || meaning === 'permit'
}

/** Keys from general to specific, each with its alternative spellings. The most specific tagged key decides. */
const LEVELS = [
  ['access'],
  ['vehicle', 'access:vehicle'],
  ['motor_vehicle', 'access:motor_vehicle'],
  ['motorcycle', 'access:motorcycle', 'motorcycle:access'],
] as const

/** What OSM's access tags say about motorcycles. */
export type MotorcycleAccess = {
  /** By the most specific key; null where none is tagged. */
  readonly plain: OsmAccess | null
  /** Whether that key is about vehicles, not access in general. */
  readonly ofVehicles: boolean
  /** The conditional tags that are at least as specific, in the order in which they apply: the last clause that holds wins. */
  readonly conditional: string | null
}

/** The hierarchy of OSM access for motorcycles: access < vehicle < motor_vehicle < motorcycle, each with its `:conditional`. */
export function motorcycleAccess(tags: OsmTags): MotorcycleAccess {
  const plains = LEVELS.map((keys) => wordOf(tags, keys))
  const level = plains.findLastIndex((word) => word !== undefined)
  const conditionals = LEVELS.slice(Math.max(level, 0)).flatMap((keys) => keys.map((key) => tags[`${key}:conditional`]))
  return { plain: osmAccessOf(plains[level]), ofVehicles: level > 0, conditional: joinConditionals(conditionals) }
}

/** The access of motor vehicles in general. It applies to kinds of vehicles without a tag of their own. */
export function motorVehicleAccess(tags: OsmTags): OsmAccess | null {
  const [, vehicle, motorVehicle] = LEVELS
  const isConditional = [...vehicle, ...motorVehicle].some((key) => tags[`${key}:conditional`] !== undefined)
  return isConditional ? 'unknown' : osmAccessOf(wordOf(tags, motorVehicle) ?? wordOf(tags, vehicle))
}

/** Values of two spellings of one key are joined to a list, so that differing ones are unknown. */
function wordOf(tags: OsmTags, keys: readonly string[]): string | undefined {
  const words = keys.map((key) => readText(tags[key])).filter((word) => word !== null)
  return words.length === 0 ? undefined : words.join(';')
}
