import { readText } from '@kickstand/domain'
import type { Rule } from '#profiles/profile-schema.ts'
import { type Fields, fieldsOf } from '#values.ts'

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

export function isNames(rule: Rule): rule is string[] {
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
