import { DomainError } from '../errors.ts'

const MIN_LENGTH = 8
const MAX_LENGTH = 256
/** Shorter words occur in too many passwords by chance. */
const MIN_WORD_LENGTH = 4
/** Words that attackers of this product are likely to try. */
const PRODUCT_WORDS = ['kickstand']

export type PasswordOwner = { readonly name: string; readonly email: string }

/** The form in which passwords are hashed: keyboards enter the same letter as different code points (RFC 8265 §4.2). */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC')
}

/**
 * Checks a new password: 8 to 256 characters of any script, not a common one, no sequence of characters, and without the name
 * and the e-mail address of its owner. There are no composition rules, because they make passwords easier to guess (NIST SP
 * 800-63B §3.1.1.2). `isCommon` is called with lower case.
 * @returns the normalised password
 * Throws `invalid-request`.
 */
export function checkPassword(password: string, owner: PasswordOwner, isCommon: (text: string) => boolean): string {
  const normalised = normalisePassword(password)
  const length = Array.from(normalised).length
  if (length < MIN_LENGTH || length > MAX_LENGTH)
    throw rejected(`must have ${MIN_LENGTH} to ${MAX_LENGTH} characters; it has ${length}`)
  const lowerCase = normalised.toLowerCase()
  if (isCommon(lowerCase) || isPlainRun(lowerCase))
    throw rejected('is one of the most common ones and is guessed first; choose another')
  const word = guessableWords(owner).find((one) => lowerCase.includes(one))
  if (word !== undefined) throw rejected(`must not contain "${word}", which others know of you; choose another`)
  return normalised
}

/** Whether a text is one repeated character or a sequence of consecutive code points, such as 87654321. */
function isPlainRun(text: string): boolean {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  const steps = new Set(points.slice(1).map((point, i) => point - (points[i] ?? 0)))
  return steps.size === 1 && [-1, 0, 1].some((step) => steps.has(step))
}

function guessableWords({ name, email }: PasswordOwner): string[] {
  const named = normalisePassword(name)
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
  const address = email.toLowerCase()
  const [local = ''] = address.split('@')
  return [...named, local, address, ...PRODUCT_WORDS].filter((word) => Array.from(word).length >= MIN_WORD_LENGTH)
}

function rejected(message: string): DomainError {
  return new DomainError('invalid-request', `The password ${message}.`, [{ pointer: '/password', message }])
}
