import type { LinkPasskeyOptions, PasskeyOptionsBody } from '@kickstand/contract'
import { registrationOptions, type PasskeyDeps } from '../credentials/passkey-registration.ts'
import { subjectOfLink } from './new-credentials.ts'
import { accountToRecover, newPersonOf } from './person-of-link.ts'
import { findUsableLink } from './usable-link.ts'

/**
 * Options for making the passkey with which a link is accepted. Throws `link-not-usable`, `sign-in-required` if the
 * account already exists, and `invalid-request`.
 */
export async function createPasskeyOptions(deps: PasskeyDeps, input: LinkPasskeyOptions): Promise<PasskeyOptionsBody> {
  const now = deps.clock()
  const link = await findUsableLink(deps.db, input.secret, now)
  const isRecovery = link.purpose === 'recovery'
  const person = isRecovery ? await accountToRecover(deps.db, link, now) : await newPersonOf(deps.db, link, input)
  return registrationOptions(deps, subjectOfLink(link), { name: person.name, email: person.email })
}
