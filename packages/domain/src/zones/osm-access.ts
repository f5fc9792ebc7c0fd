import type { OsmTags } from './osm-special.ts'
import { joinConditionals } from './conditional.ts'
import { readText } from './read-values.ts'
import type { Access } from './zone.ts'

/**
 * What a value of an OSM access key means to a rider. `no`: the key's vehicles may not enter. `unknown`: the value says
 * nothing that a rider can rely on. It is never taken for a yes.
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
  // Who parks has the place as their destination.
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
  // Reserved for others than riders.
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

/** The meaning of an access value. Of a list (`a;b`) that all its words have, else unknown; null where nothing is written. */
export function osmAccessOf(value: string | undefined): OsmAccess | null {
  const text = readText(value)?.toLowerCase() ?? null
  if (text === null) return null
  const words = text.split(';').map((word) => word.trim())
  const meanings = new Set(words.map((word) => ACCESS_WORDS.get(word) ?? 'unknown'))
  const [first = 'unknown'] = meanings
  return meanings.size === 1 ? first : 'unknown'
}

/** Who may enter by a value of OSM's `access`; null for none, and for values that say nothing certain. */
export function accessOfWord(value: string | null): Access | null {
  const meaning = osmAccessOf(value ?? undefined)
  return meaning === 'no' ? 'private' : meaning === 'unknown' ? null : meaning
}

/** Whether riders may enter by a value, if only as customers or with a permit. */
export function isWelcome(value: string | undefined): boolean {
  const meaning = osmAccessOf(value)
  return meaning === 'public' || meaning === 'customers' || meaning === 'permit'
}

/** Keys from general to specific, each also by its spelling with a prefix. The most specific one that is tagged decides. */
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
  /** True where that key speaks of vehicles, not of everybody. */
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

/** What is written for motor vehicles as such: it holds for kinds of them that have no tag of their own. */
export function motorVehicleAccess(tags: OsmTags): OsmAccess | null {
  const [, vehicle, motorVehicle] = LEVELS
  const isConditional = [...vehicle, ...motorVehicle].some((key) => tags[`${key}:conditional`] !== undefined)
  return isConditional ? 'unknown' : osmAccessOf(wordOf(tags, motorVehicle) ?? wordOf(tags, vehicle))
}

/** Two spellings of one key count as a list: where they differ, the meaning is unknown. */
function wordOf(tags: OsmTags, keys: readonly string[]): string | undefined {
  const words = keys.map((key) => readText(tags[key])).filter((word) => word !== null)
  return words.length === 0 ? undefined : words.join(';')
}
