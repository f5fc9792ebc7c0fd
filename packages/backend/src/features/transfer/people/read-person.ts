import { cleanText, DomainError, readBoolean, readEmail } from '@kickstand/domain'
import { isOff } from '../import-predecessor/is-off.ts'
import type { PredecessorFields } from '../import-predecessor/predecessor-fields.ts'

const MAX_NAME_LENGTH = 100
const MAX_REF_LENGTH = 200
/** With a cost of 4 to 12: verifying a hash of a higher one takes seconds, which anybody could cause again and again. */
const BCRYPT = /^\$2[aby]\$(?:0[4-9]|1[0-2])\$[./A-Za-z0-9]{53}$/
const ADMIN_ROLES: ReadonlySet<string> = new Set(['admin', 'administrator', 'superadmin', 'superuser', 'owner'])

/** A user of the predecessor, as far as it is taken over. */
export type PredecessorPerson = {
  readonly ref: string
  /** As `readEmail` returns it. */
  readonly email: string
  readonly name: string
  readonly language: 'en' | 'de'
  readonly wasAdmin: boolean
  /** bcrypt; null where there is none that can be verified. */
  readonly passwordHash: string | null
}

/** Reads a user, or states why not. Nothing else of the row is used. */
export function readPerson(fields: PredecessorFields): PredecessorPerson | { readonly rejected: string } {
  const ref = fields.text('id', 'uid', 'uuid', 'userid')
  if (ref === null) return { rejected: 'has no id' }
  if (ref.length > MAX_REF_LENGTH) return { rejected: 'its id is too long' }
  if (isOff(fields)) return { rejected: 'was switched off in the predecessor' }
  const email = emailOf(fields)
  if (email === null) return { rejected: 'has no valid e-mail address' }
  const name = cleanText(fields.text('displayname', 'name', 'fullname', 'username') ?? '')
    .slice(0, MAX_NAME_LENGTH)
    .trim()
  const hash = fields.text('passwordhash', 'password', 'hash', 'encryptedpassword')
  return {
    ref,
    email,
    name: name === '' ? email.slice(0, email.lastIndexOf('@')) : name,
    language: /^de\b/i.test(fields.text('language', 'locale', 'lang') ?? '') ? 'de' : 'en',
    wasAdmin: wasAdmin(fields),
    passwordHash: hash !== null && BCRYPT.test(hash) ? hash : null,
  }
}

/** Null for an address that is missing or that no account can have. */
function emailOf(fields: PredecessorFields): string | null {
  const text = fields.text('email', 'emailaddress', 'mail')
  if (text === null) return null
  try {
    return readEmail(text)
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

function wasAdmin(fields: PredecessorFields): boolean {
  const role = fields.text('role', 'usertype')?.toLowerCase() ?? ''
  return readBoolean(fields.raw('isadmin', 'admin', 'issuperuser')).value === true || ADMIN_ROLES.has(role)
}
