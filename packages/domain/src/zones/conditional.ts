import { readText } from './read-values.ts'

// OSM's conditional syntax is `value @ (condition AND condition); value @ (condition)`. The last clause that holds overrides the
// earlier ones and the tag without conditions.

/** A condition of a clause: hours in OSM syntax, who the rider is, or how long they stay. */
export type Condition =
  | { readonly on: 'hours'; readonly hours: string }
  | { readonly on: 'who'; readonly who: string }
  | { readonly on: 'stay' }

/** A value that applies while all conditions hold. */
export type Clause = { readonly value: string; readonly conditions: readonly Condition[] }

const WHO =
  /^(?:residents?|permit(?:_holders?)?|customers?|members?|employees?|staff|guests?|students?|visitors?|disabled|delivery|destination|emergency|forestry|agricultural|load_unload|loading)$/i
const STAY = /^stay\s*[<>]/i

/** Parses the clauses of a conditional tag, in their order; null where it is not in this syntax. */
export function readConditional(text: string): readonly Clause[] | null {
  const clauses: { value: string; condition: string }[] = []
  for (const part of splitOutside(text, ';')) {
    const at = part.indexOf('@')
    const before = clauses.at(-1)
    if (at > 0) clauses.push({ value: part.slice(0, at).trim(), condition: part.slice(at + 1).trim() })
    // `no @ Mo-Fr 08:00-10:00; Sa 09:00-10:00`: hours without parentheses may have semicolons.
    else if (before !== undefined && part.trim() !== '') before.condition += `; ${part.trim()}`
    else if (part.trim() !== '') return null
  }
  if (clauses.length === 0 || clauses.some(({ value, condition }) => value === '' || condition === '')) return null
  return clauses.map(({ value, condition }) => ({
    value: value.toLowerCase(),
    conditions: unwrap(condition)
      .split(/\s+AND\s+/i)
      .map((one) => conditionOf(unwrap(one.trim()))),
  }))
}

/**
 * Joins conditional tags; the last clause that holds wins. A tag that cannot be parsed comes first, so that the result cannot be
 * parsed either and is only shown. Null where there is none.
 */
export function joinConditionals(texts: readonly (string | null | undefined)[]): string | null {
  const written = texts.map(readText).filter((text) => text !== null)
  const isUnparsed = (text: string): number => Number(readConditional(text) === null)
  return written.length === 0 ? null : written.toSorted((a, b) => isUnparsed(b) - isUnparsed(a)).join('; ')
}

function conditionOf(text: string): Condition {
  if (STAY.test(text)) return { on: 'stay' }
  return WHO.test(text) ? { on: 'who', who: text.toLowerCase() } : { on: 'hours', hours: text }
}

/** Splits at separators outside of parentheses and quotes. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let from = 0
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i]
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === '(') depth += 1
    else if (character === ')') depth = Math.max(0, depth - 1)
    else if (character === separator && depth === 0) {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  return [...parts, text.slice(from)]
}

/** Removes parentheses around the whole text. */
function unwrap(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text
  const inner = text.slice(1, -1)
  let depth = 0
  for (const character of inner) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0
    if (depth < 0) return text
  }
  return inner.trim()
}
