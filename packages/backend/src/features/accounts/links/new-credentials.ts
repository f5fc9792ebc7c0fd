import type { LinkAcceptance } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { checkNewPassword } from '../credentials/check-new-password.ts'
import { verifyRegistration, type PasskeyDeps } from '../credentials/passkey-registration.ts'
import { insertPasskey, type NewPasskeyRow } from '../credentials/passkey-store.ts'
import type { PasswordHasher } from '../credentials/password-hasher.ts'
import { deviceOf } from '../sessions/device.ts'
import type { LinksTable } from '../tables.ts'
import type { NewPerson } from './person-of-link.ts'

export type CredentialDeps = PasskeyDeps & { readonly passwords: PasswordHasher }

/** The new credential of a person: either a password or a passkey. */
export type NewCredentials = { readonly passwordHash: string | null; readonly passkey: NewPasskeyRow | null }

/** The subject of the challenges of a link. */
export function subjectOfLink({ id }: LinksTable): string {
  return `link:${id}`
}

/** Checks the password or passkey that a person chose. Throws `invalid-request`, also if both or neither are sent. */
export async function readNewCredentials(
  deps: CredentialDeps,
  link: LinksTable,
  { password, passkey }: Pick<LinkAcceptance, 'password' | 'passkey'>,
  person: NewPerson,
): Promise<NewCredentials> {
  if (passkey !== undefined && password === undefined)
    return { passwordHash: null, passkey: await verifyRegistration(deps, passkey, subjectOfLink(link)) }
  if (password !== undefined && passkey === undefined) {
    const hash = await checkNewPassword(deps, password, person)
    return { passwordHash: await hash(), passkey: null }
  }
  const message = 'or a passkey must be sent, and not both'
  throw new DomainError('invalid-request', `A password ${message}.`, [{ pointer: '/password', message }])
}

/** Stores a new passkey under the name of the device that it was made on. */
export async function storePasskey(
  tx: Tx,
  accountId: string,
  passkey: NewPasskeyRow | null,
  userAgent: string,
): Promise<void> {
  if (passkey !== null) await insertPasskey(tx, accountId, deviceOf(userAgent) || 'Passkey', passkey)
}
