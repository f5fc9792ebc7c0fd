import type { OwnAccountBody } from '@kickstand/contract'
import type { AccountPrincipal } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { signInRequired } from '#http/auth/principal.ts'
import { readPasskeys } from '../credentials/passkey-store.ts'
import { countRecoveryCodes } from '../credentials/recovery-code-store.ts'
import { readAccount } from './account-store.ts'

/** The account as shown to its own person. Throws `sign-in-required` if it was deleted in the meantime. */
export async function ownAccountBody(db: DbReader, principal: AccountPrincipal): Promise<OwnAccountBody> {
  const { accountId, roles, memberships, sessionId, hasSecondFactor, factorOrganisationId, verifiedAt } = principal
  const account = await readAccount(db, accountId)
  if (account === undefined) throw signInRequired()
  const passkeys = await readPasskeys(db, accountId)
  return {
    id: accountId,
    email: account.email,
    name: account.name,
    language: account.language,
    roles: [...roles],
    memberships: [...memberships],
    passkeys: passkeys.map(({ id, name, created_at, used_at }) => ({
      id,
      name,
      createdAt: toText(created_at),
      usedAt: used_at === null ? null : toText(used_at),
    })),
    hasPassword: account.password_hash !== null,
    hasAuthenticator: account.totp_secret !== null,
    recoveryCodesLeft: await countRecoveryCodes(db, accountId),
    needsSecondFactor: roles.length > 0 || memberships.length > 0,
    session: { id: sessionId, hasSecondFactor, factorOrganisationId, verifiedAt: toText(verifiedAt) },
    createdAt: toText(account.created_at),
    version: account.version,
  }
}

function toText(time: number): string {
  return new Date(time).toISOString()
}
