import { type Fields, isFields, parseJson } from './values.ts'

/** A text in quotes, or anything else that is a value. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s,:[\]{}"]+/g

/**
 * What can be read of an object that is not JSON for a value in it that JSON does not have, like NaN, None or 04: that value is null then.
 * Only good for telling which object it is. Null where nothing can be read.
 */
export function salvageJson(text: string): Fields | null {
  const mended = text.replaceAll(TOKEN, (token) => (parseJson(token) === undefined ? 'null' : token))
  const value = parseJson(mended)
  return isFields(value) ? value : null
}
