import { cleanText, DomainError } from '@kickstand/domain'

/** The same limit as in the schema of the API. */
const MAX_LENGTH = 500

/** Parses the reason for a change, which becomes one line. Throws `invalid-request` if it is empty or too long. */
export function readReason(text: string): string {
  const reason = cleanText(text)
  if (reason !== '' && reason.length <= MAX_LENGTH) return reason
  const message = `must be a text of 1 to ${MAX_LENGTH} characters that says why; it is stored in the audit log`
  throw new DomainError('invalid-request', `The reason ${message}.`, [{ pointer: '/reason', message }])
}
