import { DomainError } from '../errors.ts'

/** RFC 5321 §4.5.3.1.3, without the angle brackets. */
const MAX_LENGTH = 254
const SHAPE =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/i

/**
 * An e-mail address in the form in which it is stored and compared: lower case, without space around it. Only ASCII is
 * accepted: otherwise letters that look alike could be used to imitate an address. Domains of other scripts have an ASCII
 * form (`xn--…`, RFC 5890). Throws `invalid-request`.
 */
export function readEmail(text: string, pointer = '/email'): string {
  const typed = text.trim()
  const email = typed.toLowerCase()
  const local = email.slice(0, email.lastIndexOf('@'))
  // The shape of what was typed: the change of case turns some other letters, such as the Kelvin sign, into ASCII.
  if (email.length <= MAX_LENGTH && local.length <= 64 && SHAPE.test(typed)) return email
  const message = 'must be an e-mail address such as name@example.org, in ASCII, of at most 254 characters'
  throw new DomainError('invalid-request', `The e-mail address ${message}.`, [{ pointer, message }])
}
