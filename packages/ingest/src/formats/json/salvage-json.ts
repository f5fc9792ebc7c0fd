import { type Fields, isFields, parseJson } from '#values.ts'

/** A quoted string, or any other value. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s,:[\]{}"]+/g

/**
 * Parses an object that is invalid JSON because of values like NaN, None or 04, which become null. Use it only to
 * identify the object. Null where it cannot be parsed.
 */
export function salvageJson(text: string): Fields | null {
  const repaired = text.replaceAll(TOKEN, (token) => (parseJson(token) === undefined ? 'null' : token))
  const value = parseJson(repaired)
  return isFields(value) ? value : null
}
