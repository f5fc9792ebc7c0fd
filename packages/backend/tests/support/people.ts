import {
  isForInstallation,
  isScope,
  type AccessRule,
  type AccountPrincipal,
  type Membership,
  type PlatformRole,
} from '@kickstand/domain'
import { AN_ACTOR, aSource } from '@kickstand/testkit'
import { insertAccount } from '#features/accounts/people/account-store.ts'
import { insertMembership } from '#features/accounts/people/membership-store.ts'
import { openSession } from '#features/accounts/sessions/open-session.ts'
import { insertOrganisation } from '#features/organisations/organisation-store.ts'
import { createToken } from '#features/tokens/create-token.ts'
import { newId } from '#platform/ids.ts'
import type { ServiceUnderTest } from './use-service.ts'

/** Where the accounts of tests sign in from: a browser on a local network. */
export const A_BROWSER = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  address: '127.0.0.1',
}

type Rights = {
  readonly name?: string
  readonly email?: string
  readonly roles?: readonly PlatformRole[]
  readonly memberships?: readonly Membership[]
  /** Of the session; yes if not given. */
  readonly hasSecondFactor?: boolean
}

/** An account with these rights and a session of it. */
export async function aSignedInAccount(
  { service, clock }: ServiceUnderTest,
  { name = 'Anna', roles = [], memberships = [], hasSecondFactor = true, email }: Rights = {},
): Promise<{ readonly accountId: string; readonly email: string; readonly cookie: string }> {
  const { db } = service.context
  const now = clock.now()
  const id = newId()
  const address = email ?? `${id}@example.org`
  const secret = await db.transaction().execute(async (tx) => {
    await insertAccount(tx, { id, email: address, name, language: 'en', roles: roles.join(','), created_at: now })
    for (const { organisationId, role } of memberships)
      await insertMembership(tx, { organisation_id: organisationId, account_id: id, role, created_at: now })
    return openSession(tx, { clock: clock.now, newId }, id, { hasSecondFactor, origin: A_BROWSER })
  })
  return { accountId: id, email: address, cookie: `kickstand_session=${secret}` }
}

/** Returns its id. */
export async function anOrganisation({ service, clock }: ServiceUnderTest, name = 'City of Test'): Promise<string> {
  const id = newId()
  await service.context.db.transaction().execute((tx) => insertOrganisation(tx, { id, name, created_at: clock.now() }))
  return id
}

/**
 * A token of a command, whose scope is exactly one action: `zones:write` where no token can have it. `organisationId`: for scopes that do not concern the whole installation. `feedId`: for
 * `readings:write`.
 */
export async function aToken(
  { service, clock }: ServiceUnderTest,
  access: AccessRule,
  { organisationId = null, feedId = aSource().id }: { organisationId?: string | null; feedId?: string } = {},
): Promise<string> {
  const scope = isScope(access) ? access : 'zones:write'
  const of = isForInstallation(scope) ? null : organisationId
  const input = { name: 'test', scopes: [scope], organisationId: of, networks: [], creator: null, expiresAt: null }
  const deps = { ...service.context.database, clock: clock.now, actor: AN_ACTOR }
  return (await createToken(deps, { ...input, feedId: scope === 'readings:write' ? feedId : null })).token
}

/** Whom the session of an account speaks for. */
export async function principalOf(
  { service }: ServiceUnderTest,
  { cookie }: { readonly cookie: string },
): Promise<AccountPrincipal> {
  const principal = await service.context.principals.session(cookie.split('=')[1] ?? '')
  if (principal === null) throw new Error('the session does not exist, or has ended')
  return principal
}
