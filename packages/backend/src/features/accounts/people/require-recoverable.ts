import { DomainError } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import type { AccountRow } from './account-store.ts'
import { readMemberships } from './membership-store.ts'

/**
 * Throws `not-allowed` if an account has rights outside of one organisation. A person with its recovery link can use all of
 * these rights, so only an admin may create such a link.
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
