import {
  readBoolean,
  readCapacity,
  readDuration,
  readNumber,
  readTariff,
  readText,
  tariffFromOsm,
  type NamedField,
  type PlainFacts,
  type PlainField,
  type Read,
  type Tariff,
} from '@kickstand/domain'
import type { Rule } from '#profiles/profile-schema.ts'
import { isNames } from './field-mapping.ts'

/** Reads the value of a fact by the type of its field; unknown, with a warning, where it is of another kind. */
export function readFact(field: NamedField, rule: Rule | undefined, value: unknown): Read<PlainFacts[PlainField]> {
  switch (field.type) {
    case 'text':
    case 'word':
      return { value: readText(value), warning: null }
    case 'choice':
      return asWord(field.name, value, field.values)
    case 'flag':
      return asBoolean(field.name, value)
    case 'count':
      return asCapacity(rule, value)
    case 'seconds':
      return asDuration(rule, value)
    case 'tariff':
      // It depends on the fee, see `readPrice`.
      return { value: null, warning: null }
  }
}

/**
 * Reads a price: an object or JSON as in the API, or a text in the syntax of OSM's `charge` ("1.50 EUR/hour") that is due at the
 * hours of the fee.
 */
export function readPrice(
  value: unknown,
  { fee, feeConditional }: Pick<PlainFacts, 'fee' | 'feeConditional'>,
): Read<Tariff> {
  const text = readText(value)
  if (text === null || text.startsWith('{')) return readTariff(value)
  return tariffFromOsm({
    charge: text,
    ...(fee === null ? {} : { fee: fee === 'paid' ? 'yes' : 'no' }),
    ...(feeConditional === null ? {} : { 'fee:conditional': feeConditional }),
  })
}

const SECONDS = { seconds: 1, minutes: 60, hours: 3600 } as const

/** A duration in seconds, from text or from a number in the unit that the rule names. */
function asDuration(rule: Rule | undefined, value: unknown): Read<number> {
  const as = typeof rule === 'object' && !isNames(rule) ? rule.as : undefined
  if (as !== 'seconds' && as !== 'minutes' && as !== 'hours') return readDuration(value)
  const amount = readNumber(value)
  const text = readText(value)
  if (amount !== null && amount > 0) return { value: Math.round(amount * SECONDS[as]), warning: null }
  return { value: null, warning: text === null ? null : `length of stay "${text}" is not a number of ${as}; unknown` }
}

const METRES = { metres: 1, feet: 0.3048 } as const

/** Whether a capacity is derived from a length. */
export function isEstimated(rule: Rule | undefined, value: unknown): boolean {
  return lengthUnit(rule) !== null && asCapacity(rule, value).value !== null
}

function lengthUnit(rule: Rule | undefined): keyof typeof METRES | null {
  const as = typeof rule === 'object' && !isNames(rule) ? rule.as : undefined
  return as === 'metres' || as === 'feet' ? as : null
}

/**
 * A capacity: a number of spaces, or, where the rule names a unit of length, that length divided by the rule's
 * `perSpace`.
 */
function asCapacity(rule: Rule | undefined, value: unknown): Read<number> {
  const unit = lengthUnit(rule)
  if (unit === null) return readCapacity(value)
  const text = readText(value)
  if (text === null) return { value: null, warning: null }
  const length = readNumber(text)
  const perSpace = typeof rule === 'object' && !isNames(rule) ? (rule.perSpace ?? METRES_PER_SPACE) : METRES_PER_SPACE
  const spaces = length === null ? 0 : Math.floor((length * METRES[unit]) / perSpace + 1e-9)
  if (spaces >= 1) return readCapacity(spaces)
  return { value: null, warning: `length "${text}" is not a number of ${unit} with room to park; unknown` }
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
