import { readEmail } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import { readAccountByEmail } from './account-store.ts'
import { requireMember, type MemberId } from './require-member.ts'

/**
 * The member of an organisation with an e-mail address or account id. Throws `account-not-found`, and `invalid-request` for
 * an invalid address.
 */
export async function findMember(
  { db }: { readonly db: Db },
  organisationId: string,
  emailOrId: string,
): Promise<MemberId> {
  const accountId = emailOrId.includes('@') ? (await readAccountByEmail(db, readEmail(emailOrId)))?.id : emailOrId
  const member = { organisationId, accountId: accountId ?? '' }
  await requireMember(db, member)
  return member
}
