import { cleanText } from '../text/hidden-characters.ts'

/**
 * The result of a parser for hand-written values: a value, or a warning with the original text; never a guess. An empty value or
 * null is unknown, without a warning.
 */
export type Read<T> = { readonly value: T | null; readonly warning: string | null }

const NO_VALUE = { value: null, warning: null } as const

/** No value, and a warning with the original text and what was expected. */
export function unparsed(what: string, text: string, expected: string): Read<never> {
  return { value: null, warning: `${what} "${clip(text, 40)}" is not ${expected}; kept as unknown` }
}

/** The first `length` characters, with an ellipsis where something was cut. */
export function clip(text: string, length: number): string {
  const characters = Array.from(text)
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}

/** One line of clean text, see `cleanText`; null where it is empty. */
export function readText(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null
  const text = cleanText(String(value))
  return text === '' ? null : text
}

const NUMBER = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/i

/** A number with a decimal point or a decimal comma; `null` for anything else. Thousands separators are not guessed at. */
export function readNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  const text = readText(value)
  if (text === null || !NUMBER.test(text)) return null
  const number = Number(text.replace(',', '.'))
  return Number.isFinite(number) ? number : null
}

/** Higher capacities are mistakes (an id, a length in millimetres): no motorcycle parking has nearly as many spaces. */
export const MAX_SPACES = 5000

/**
 * Parses a number of motorcycle spaces: a whole number from 1 to 5000. Words ("n/a"), sentinels (-1, -9), zero and implausible
 * figures become unknown with a warning.
 */
export function readCapacity(value: unknown): Read<number> {
  const text = readText(value)
  if (text === null) return NO_VALUE
  const number = readNumber(text)
  if (number === null) return unparsed('capacity', text, 'a whole number')
  if (!Number.isInteger(number) || number < 1) return unparsed('capacity', text, 'a whole number above zero')
  if (number > MAX_SPACES) return unparsed('capacity', text, `plausible (more than ${MAX_SPACES})`)
  return { value: number, warning: null }
}

const YES = new Set(['yes', 'y', 'true', 't', '1', 'si', 'sí', 'ja', 'oui', 'x'])
const NO = new Set(['no', 'n', 'false', 'f', '0', 'nein', 'non', 'nee'])

/** Parses a yes or no in words, figures or JSON. */
export function readBoolean(value: unknown): Read<boolean> {
  const text = readText(value)
  if (text === null) return NO_VALUE
  const word = text.toLowerCase()
  if (YES.has(word)) return { value: true, warning: null }
  if (NO.has(word)) return { value: false, warning: null }
  return unparsed('value', text, 'a yes or a no')
}

const UNIT_SECONDS: ReadonlyArray<readonly [RegExp, number]> = [
  [/^(?:s|sec|secs|seconds?)$/, 1],
  [/^(?:m|min|mins|minutes?|minuten|minutos?)$/, 60],
  [/^(?:h|hr|hrs|hours?|stunden?|std|horas?|heures?)$/, 3600],
  [/^(?:d|days?|tage?|dias?|jours?)$/, 86_400],
  [/^(?:w|wk|weeks?|wochen?)$/, 604_800],
]

const CLOCK = /^(\d{1,3}):([0-5]\d)$/
const ISO_8601 = /^p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?)?$/
const AMOUNTS = /^(?:\d+(?:[.,]\d+)?\s*[a-z]+(?:\s+|,\s*|(?=\d)|$))+$/
const NO_LIMIT = new Set(['no', 'none', 'unlimited', 'unknown'])

/**
 * Parses a duration in OSM's `maxstay` format ("2 hours", "30 min", "1 h 30 min", "1:30", "PT2H"), in seconds. "unlimited" and "no"
 * mean no limit, which is neither a value nor a warning.
 */
export function readDuration(value: unknown): Read<number> {
  const text = readText(value)?.toLowerCase() ?? null
  if (text === null || NO_LIMIT.has(text)) return NO_VALUE
  const seconds = secondsOf(text)
  return seconds === null || seconds <= 0
    ? unparsed('length of stay', text, 'a time like "2 hours" or "30 min"')
    : { value: Math.round(seconds), warning: null }
}

function secondsOf(text: string): number | null {
  const clock = CLOCK.exec(text)
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60
  const iso = ISO_8601.exec(text)
  if (iso) return Number(iso[1] ?? 0) * 86_400 + Number(iso[2] ?? 0) * 3600 + Number(iso[3] ?? 0) * 60
  if (!AMOUNTS.test(text)) return null
  let sum = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+)/g)) {
    const scale = UNIT_SECONDS.find(([pattern]) => pattern.test(unit ?? ''))?.[1]
    if (scale === undefined) return null
    sum += (readNumber(amount) ?? 0) * scale
  }
  return sum
}
