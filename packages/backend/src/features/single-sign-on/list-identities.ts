import type { IdentityListBody } from '@kickstand/contract'
import type { AccountPrincipal } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { readIdentities } from '#features/accounts/people/people-records.ts'
import { readProvider } from './provider-store.ts'

/** The organisations of an account that have an identity provider, and whether it is connected there. */
export async function listIdentities(
  db: DbReader,
  { accountId, memberships }: Pick<AccountPrincipal, 'accountId' | 'memberships'>,
): Promise<IdentityListBody> {
  const connected = new Map((await readIdentities(db, accountId)).map((one) => [one.organisation_id, one]))
  const ids = new Set([...memberships.map(({ organisationId }) => organisationId), ...connected.keys()])
  const identities: IdentityListBody['identities'] = []
  for (const organisationId of [...ids].toSorted()) {
    const identity = connected.get(organisationId)
    if (identity === undefined && (await readProvider(db, organisationId)) === undefined) continue
    identities.push({
      organisationId,
      connectedAt: toTime(identity?.created_at),
      usedAt: toTime(identity?.used_at),
    })
  }
  return { identities }
}

function toTime(time: number | null | undefined): string | null {
  return time === null || time === undefined ? null : new Date(time).toISOString()
}
