import type { NewPasskey, PasskeyBody } from '@kickstand/contract'
import { cleanText, DomainError } from '@kickstand/domain'
import { personal } from '#audit/personal-values.ts'
import type { ChangeOwnDeps, Self } from '../sessions/change-own.ts'
import { changeCredentials } from './change-credentials.ts'
import { verifyRegistration, type PasskeyDeps } from './passkey-registration.ts'
import { insertPasskey } from './passkey-store.ts'

const DEFAULT_NAME = 'Passkey'

/**
 * Adds a passkey to the account of a person. The device has just verified the person, so the session now has a second factor.
 * Throws `invalid-request`.
 */
export async function addPasskey(
  deps: ChangeOwnDeps & PasskeyDeps,
  self: Self,
  { name: typed, ...answer }: NewPasskey,
): Promise<{ readonly secret: string; readonly result: PasskeyBody }> {
  const { accountId } = self.account
  const row = await verifyRegistration(deps, answer, accountId)
  const cleaned = cleanText(typed)
  const name = cleaned === '' ? DEFAULT_NAME : cleaned
  try {
    return await changeCredentials(deps, self, async (tx) => {
      await insertPasskey(tx, accountId, name, row)
      return {
        action: 'passkeys:add',
        before: null,
        after: { passkey: row.id, name: personal(name, accountId) },
        proof: { hasSecondFactor: true },
        result: { id: row.id, name, createdAt: new Date(row.created_at).toISOString(), usedAt: null },
      }
    })
  } catch (error) {
    if (!deps.engine.isDuplicate(error)) throw error
    throw new DomainError(
      'invalid-request',
      'This passkey is registered already. Use it, or make one on another device.',
      [],
      error,
    )
  }
}
