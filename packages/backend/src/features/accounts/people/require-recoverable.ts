import { DomainError } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import type { AccountRow } from './account-store.ts'
import { readMemberships } from './membership-store.ts'

/**
 * Throws `not-allowed` where an account has rights outside of one organisation: whoever gets its recovery link can act
 * with all of them, so only an admin may create one.
 */
export async function requireRecoverable(db: DbReader, account: AccountRow, organisationId: string): Promise<void> {
  const memberships = await readMemberships(db, account.id)
  const isElsewhere = memberships.some(({ organisation_id: id }) => id !== organisationId)
  if (account.roles === '' && !isElsewhere) return
  throw new DomainError(
    'not-allowed',
    'This person also has rights outside of this organisation. Ask an admin of the installation for the recovery link.',
  )
}
