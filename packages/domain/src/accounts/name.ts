import { DomainError } from '../errors.ts'
import { cleanText } from '../text/hidden-characters.ts'

/**
 * A name of a person or organisation on one line, without hidden characters. `maxLength`: in UTF-16 units. Throws
 * `invalid-request` if it has no visible characters or too many.
 */
export function readName(text: string, maxLength: number, pointer = '/name'): string {
  const name = cleanText(text)
  if (name !== '' && name.length <= maxLength) return name
  const message = `must have 1 to ${maxLength} visible characters`
  throw new DomainError('invalid-request', `The name ${message}.`, [{ pointer, message }])
}
