import type { OneTimeLinkBody } from '@kickstand/contract'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { toTimestamp } from '#read-model/availability-json.ts'
import { readAccountByEmail } from '../people/account-store.ts'
import { accountToRecover } from './person-of-link.ts'
import { findUsableLink } from './usable-link.ts'

/** Reads the purpose of a link. Reading does not use the link up. Throws `link-not-usable`. */
export async function readLink(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  secret: string,
): Promise<OneTimeLinkBody> {
  const now = clock()
  const link = await findUsableLink(db, secret, now)
  const email = link.purpose === 'recovery' ? (await accountToRecover(db, link, now)).email : link.email
  const { organisation_id: id, organisation_name: name } = link
  return {
    purpose: link.purpose,
    email,
    organisation: id === null ? null : { id, name: name ?? '' },
    role: link.role,
    expiresAt: toTimestamp(link.expires_at),
    accountExists: email !== null && (await readAccountByEmail(db, email)) !== undefined,
  }
}
