import { readBoolean, readCapacity, readDuration, readNumber, readText, type Read } from '@kickstand/domain'
import type { Rule } from './profile-schema.ts'
import { type Fields, fieldsOf } from './values.ts'

/** Looks a field up by the name that a profile uses; undefined where the row has none. */
export type FieldLookup = (name: string) => unknown

/**
 * Looks names up in a row. `exact` takes a field name as written, or a path through objects and lists (`location.lat`,
 * `location.1`). `loose` also ignores case, accents, blanks and punctuation: `Latitud` finds `-LATITUD`.
 */
export function fieldLookup(fields: Fields, names: 'exact' | 'loose'): FieldLookup {
  let loose: Map<string, unknown> | null = null
  return (name) => {
    if (Object.hasOwn(fields, name)) return fields[name]
    if (name.includes('.')) {
      const found = name
        .split('.')
        .reduce<unknown>((value, key) => (Array.isArray(value) ? value[Number(key)] : fieldsOf(value)[key]), fields)
      if (found !== undefined) return found
    }
    if (names === 'exact') return undefined
    loose ??= new Map(Object.entries(fields).map(([key, value]) => [plain(key), value]))
    return loose.get(plain(name))
  }
}

/** A cache: the same few dozen names come with every row. */
const plainNames = new Map<string, string>()
const MAX_CACHED_NAMES = 10_000

function plain(name: string): string {
  const known = plainNames.get(name)
  if (known !== undefined) return known
  const made = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (plainNames.size < MAX_CACHED_NAMES) plainNames.set(name, made)
  return made
}

/** The value of a rule in a row: of several names the first non-empty one, or all of them joined. */
export function pick(rule: Rule | undefined, lookup: FieldLookup): unknown {
  if (rule === undefined) return undefined
  const detailed: Detailed = typeof rule === 'string' || isNames(rule) ? { from: rule } : rule
  const values = (typeof detailed.from === 'string' ? [detailed.from] : detailed.from).map(lookup).filter(isSomething)
  const found = detailed.join === undefined ? values[0] : joined(values, detailed.join, detailed.distinct ?? false)
  return translate(found, detailed.words)
}

type Detailed = {
  from: string | string[]
  as?: string
  words?: Readonly<Record<string, unknown>>
  join?: string
  distinct?: boolean
}

function isNames(rule: Rule): rule is string[] {
  return Array.isArray(rule)
}

function isSomething(value: unknown): boolean {
  return value !== null && value !== undefined && !(typeof value === 'string' && value.trim() === '')
}

/** Joins texts. With `distinct`, a text that another one contains is dropped: `NOE ST` of `NOE ST`, `12 NOE ST.`. */
function joined(values: readonly unknown[], join: string, distinct: boolean): string | undefined {
  const all = values.map(readText).filter((text) => text !== null)
  const words = all.map(
    (text) =>
      ` ${text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()} `,
  )
  const isContained = (part: string, i: number): boolean =>
    words.some((other, j) => j !== i && other.includes(part) && (other !== part || j < i))
  const texts = distinct ? all.filter((_, i) => !isContained(words[i] ?? '', i)) : all
  return texts.length === 0 ? undefined : texts.join(join)
}

/** Translates a source's word by the profile; `*` stands for every other word. A word that is not listed is kept. */
function translate(value: unknown, words: Readonly<Record<string, unknown>> | undefined): unknown {
  const text = readText(value)
  if (words === undefined || text === null) return value
  const key = [text, text.toLowerCase(), '*'].find((one) => Object.hasOwn(words, one))
  return key === undefined ? value : words[key]
}

const SECONDS = { seconds: 1, minutes: 60, hours: 3600 } as const

/** A duration in seconds, from text or from a number in the unit that the rule names. */
export function asDuration(rule: Rule | undefined, value: unknown): Read<number> {
  const as = typeof rule === 'object' && !isNames(rule) ? rule.as : undefined
  if (as !== 'seconds' && as !== 'minutes' && as !== 'hours') return readDuration(value)
  const amount = readNumber(value)
  const text = readText(value)
  if (amount !== null && amount > 0) return { value: Math.round(amount * SECONDS[as]), warning: null }
  return { value: null, warning: text === null ? null : `length of stay "${text}" is not a number of ${as}; unknown` }
}

const METRES = { metres: 1, feet: 0.3048 } as const

/**
 * A capacity: a number of spaces, or, where the rule names a unit of length, that length divided by the rule's
 * `perSpace`.
 */
export function asCapacity(rule: Rule | undefined, value: unknown): Read<number> & { readonly estimated: true | null } {
  const detailed = typeof rule === 'object' && !isNames(rule) ? rule : null
  const as = detailed?.as
  if (as !== 'metres' && as !== 'feet') return { ...readCapacity(value), estimated: null }
  const text = readText(value)
  if (text === null) return { value: null, warning: null, estimated: null }
  const length = readNumber(text)
  const spaces =
    length === null ? 0 : Math.floor((length * METRES[as]) / (detailed?.perSpace ?? METRES_PER_SPACE) + 1e-9)
  if (spaces < 1) {
    return {
      value: null,
      warning: `length "${text}" is not a number of ${as} with room to park; unknown`,
      estimated: null,
    }
  }
  const read = readCapacity(spaces)
  return { ...read, estimated: read.value === null ? null : true }
}

/** Metres of kerb per motorcycle: the median of Madrid's 1,196 bays, with motorcycles in line or side by side. */
const METRES_PER_SPACE = 1.15

export function asBoolean(name: string, value: unknown): Read<boolean> {
  const read = readBoolean(value)
  return read.warning === null ? read : { value: null, warning: `${name}: ${read.warning}` }
}

/** One of a closed set of words. Any other is unknown, with a warning that lists the set. */
export function asWord<T extends string>(name: string, value: unknown, words: readonly T[]): Read<T> {
  const text = readText(value)
  if (text === null) return { value: null, warning: null }
  const found = words.find((word) => word === text.toLowerCase())
  if (found !== undefined) return { value: found, warning: null }
  return { value: null, warning: `${name} "${text}" is not one of ${words.join(', ')}; kept as unknown` }
}
