import { paths, type OwnAccountBody } from '@kickstand/contract'
import type { PlatformRole } from '@kickstand/domain'
import { softwareAuthenticator } from '@kickstand/testkit'
import { NO_ID } from './access-requests.ts'
import { anOrganisation, aSignedInAccount } from './people.ts'
import {
  addPasskey,
  aPersonWithPassword,
  codeAt,
  cookieOf,
  optionsFrom,
  originOf,
  PASSWORD,
  send,
  setUpAuthenticator,
  signIn,
} from './sign-in.ts'
import type { ServiceUnderTest } from './use-service.ts'

/** What a request needs besides its method, which is that of the route. `path`: where the route has parameters. */
export type Call = {
  readonly path?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

type Calls = { readonly works: Call; readonly fails: Call }

/** `make` makes what the route changes, and returns a request that changes it and one that fails. */
export type RouteSample = { readonly action: string; readonly make: (at: ServiceUnderTest) => Promise<Calls> }

const of = (cookie: string, more: Readonly<Record<string, string>> = {}) => ({ headers: { cookie, ...more } })
const BECAUSE = { reason: 'a test' }

async function anAdmin(at: ServiceUnderTest): Promise<string> {
  return (await aSignedInAccount(at, { roles: ['admin'] })).cookie
}

async function aPerson(at: ServiceUnderTest, roles: readonly PlatformRole[] = []): Promise<string> {
  return (await aSignedInAccount(at, { roles, name: 'Bo' })).accountId
}

/** An owner of a new organisation. */
async function anOwner(at: ServiceUnderTest): Promise<{ readonly cookie: string; readonly organisationId: string }> {
  const organisationId = await anOrganisation(at)
  const { cookie } = await aSignedInAccount(at, { memberships: [{ organisationId, role: 'owner' }] })
  return { cookie, organisationId }
}

async function aTokenOf(at: ServiceUnderTest, cookie: string, organisationId: string): Promise<string> {
  const body = { name: 'counter', scopes: ['zones:write'] }
  const answer = await send(at, 'POST', paths.tokens(organisationId), { cookie, body })
  return ((await answer.json()) as { id: string }).id
}

/** A member of an organisation; with a cookie of theirs. */
async function aMember(at: ServiceUnderTest, organisationId: string): Promise<{ accountId: string; cookie: string }> {
  return aSignedInAccount(at, { name: 'Bo', memberships: [{ organisationId, role: 'viewer' }] })
}

async function anInvitation(
  at: ServiceUnderTest,
  { cookie, organisationId }: { readonly cookie: string; readonly organisationId: string },
  email: string,
): Promise<{ readonly id: string; readonly secret: string }> {
  const answer = await send(at, 'POST', paths.memberInvitations(organisationId), {
    cookie,
    body: { email, role: 'viewer' },
  })
  const { invitation, link } = (await answer.json()) as { invitation: { id: string }; link: string }
  return { id: invitation.id, secret: link.slice(link.indexOf('#') + 1) }
}

/** Every route that changes something which is audited. */
export const CHANGES: Readonly<Record<string, RouteSample>> = {
  'POST /v1/sign-in/password': {
    action: 'sessions:open',
    async make(at) {
      const { email } = await aPersonWithPassword(at)
      return { works: { body: { email, password: PASSWORD } }, fails: { body: { email, password: 'another one' } } }
    },
  },
  'POST /v1/sign-in/passkey': {
    action: 'sessions:open',
    async make(at) {
      const { authenticator } = await addPasskey(at, (await aSignedInAccount(at)).cookie)
      const { challengeId, options } = await optionsFrom(at, paths.signInPasskeyOptions())
      const response = authenticator.get(options)
      return { works: { body: { challengeId, response } }, fails: { body: { challengeId: NO_ID, response } } }
    },
  },
  'POST /v1/sign-out': {
    action: 'sessions:end',
    make: async (at) => ({ works: of((await aSignedInAccount(at)).cookie), fails: {} }),
  },
  'PATCH /v1/account': {
    action: 'accounts:change',
    async make(at) {
      const { cookie } = await aSignedInAccount(at)
      const body = { name: 'Berta' }
      return {
        works: { body, ...of(cookie, { 'if-match': '"1"' }) },
        fails: { body, ...of(cookie, { 'if-match': '"9"' }) },
      }
    },
  },
  'PUT /v1/account/password': {
    action: 'passwords:set',
    async make(at) {
      const { cookie } = await aSignedInAccount(at)
      return {
        works: { body: { password: 'four lanes of yellow paint' }, ...of(cookie) },
        fails: { body: { password: 'short' }, ...of(cookie) },
      }
    },
  },
  'DELETE /v1/account/password': {
    action: 'passwords:remove',
    async make(at) {
      const { cookie, authenticator } = await addPasskey(at, (await aPersonWithPassword(at)).cookie)
      const { challengeId, options } = await optionsFrom(at, paths.stepUpOptions(), cookie)
      const response = authenticator.get(options)
      const bodyOf = (id: string) => ({ passkey: { challengeId: id, response } })
      return { works: { body: bodyOf(challengeId), ...of(cookie) }, fails: { body: bodyOf(NO_ID), ...of(cookie) } }
    },
  },
  'POST /v1/account/passkeys': {
    action: 'passkeys:add',
    async make(at) {
      const { cookie } = await aSignedInAccount(at)
      const { challengeId, options } = await optionsFrom(at, paths.ownPasskeyOptions(), cookie)
      const response = softwareAuthenticator(originOf(at)).create(options)
      const bodyOf = (id: string) => ({ challengeId: id, response, name: 'key' })
      return { works: { body: bodyOf(challengeId), ...of(cookie) }, fails: { body: bodyOf(NO_ID), ...of(cookie) } }
    },
  },
  'DELETE /v1/account/passkeys/{id}': {
    action: 'passkeys:remove',
    async make(at) {
      const { cookie, id } = await addPasskey(at, (await aPersonWithPassword(at)).cookie)
      return {
        works: { path: paths.ownPasskey(id), ...of(cookie) },
        fails: { path: paths.ownPasskey(NO_ID), ...of(cookie) },
      }
    },
  },
  'POST /v1/account/authenticator': {
    action: 'authenticators:start',
    make: async (at) => ({ works: of((await aPersonWithPassword(at)).cookie), fails: {} }),
  },
  'POST /v1/account/authenticator/confirmation': {
    action: 'authenticators:confirm',
    async make(at) {
      const started = await send(at, 'POST', paths.ownAuthenticator(), await aPersonWithPassword(at))
      const { secret, recoveryCodes } = (await started.json()) as { secret: string; recoveryCodes: string[] }
      const code = codeAt(secret, at.service.context.clock())
      const cookie = cookieOf(started)
      return {
        works: { body: { code, recoveryCode: recoveryCodes[0] }, ...of(cookie) },
        fails: { body: { code, recoveryCode: 'none of them' }, ...of(cookie) },
      }
    },
  },
  'DELETE /v1/account/authenticator': {
    action: 'authenticators:remove',
    async make(at) {
      const { cookie } = await setUpAuthenticator(at, (await aPersonWithPassword(at)).cookie)
      return { works: of(cookie), fails: of((await aPersonWithPassword(at)).cookie) }
    },
  },
  'POST /v1/account/recovery-codes': {
    action: 'recovery-codes:replace',
    async make(at) {
      const { cookie } = await setUpAuthenticator(at, (await aPersonWithPassword(at)).cookie)
      return { works: of(cookie), fails: of((await aPersonWithPassword(at)).cookie) }
    },
  },
  'POST /v1/account/step-up': {
    action: 'sessions:step-up',
    async make(at) {
      const { cookie } = await aPersonWithPassword(at)
      return {
        works: { body: { password: PASSWORD }, ...of(cookie) },
        fails: { body: { password: 'another one' }, ...of(cookie) },
      }
    },
  },
  'DELETE /v1/account/sessions': {
    action: 'sessions:end',
    async make(at) {
      const { cookie, email } = await aPersonWithPassword(at)
      await signIn(at, { email, password: PASSWORD })
      return { works: of(cookie), fails: {} }
    },
  },
  'DELETE /v1/account/sessions/{id}': {
    action: 'sessions:end',
    async make(at) {
      const { cookie, email } = await aPersonWithPassword(at)
      const other = cookieOf(await signIn(at, { email, password: PASSWORD }))
      const { session } = (await (
        await send(at, 'GET', paths.ownAccount(), { cookie: other })
      ).json()) as OwnAccountBody
      return {
        works: { path: paths.ownSession(session.id), ...of(cookie) },
        fails: { path: paths.ownSession(NO_ID), ...of(cookie) },
      }
    },
  },
  'PUT /v1/accounts/{id}/roles': {
    action: 'accounts:change-roles',
    async make(at) {
      const [cookie, id] = [await anAdmin(at), await aPerson(at)]
      const call = { path: paths.accountRoles(id), body: { roles: ['support'], ...BECAUSE } }
      return {
        works: { ...call, ...of(cookie, { 'if-match': '"1"' }) },
        fails: { ...call, ...of(cookie, { 'if-match': '"9"' }) },
      }
    },
  },
  'PUT /v1/accounts/{id}/suspension': {
    action: 'accounts:suspend',
    async make(at) {
      const [cookie, id] = [await anAdmin(at), await aPerson(at)]
      return {
        works: { path: paths.accountSuspension(id), body: BECAUSE, ...of(cookie) },
        fails: { path: paths.accountSuspension(NO_ID), body: BECAUSE, ...of(cookie) },
      }
    },
  },
  'DELETE /v1/accounts/{id}/suspension': {
    action: 'accounts:restore',
    async make(at) {
      const [cookie, id] = [await anAdmin(at), await aPerson(at)]
      await send(at, 'PUT', paths.accountSuspension(id), { cookie, body: BECAUSE })
      return {
        works: { path: paths.accountSuspension(id), body: BECAUSE, ...of(cookie) },
        fails: { path: paths.accountSuspension(NO_ID), body: BECAUSE, ...of(cookie) },
      }
    },
  },
  'DELETE /v1/accounts/{id}/sessions': {
    action: 'accounts:end-sessions',
    async make(at) {
      const [cookie, id] = [await anAdmin(at), await aPerson(at)]
      return {
        works: { path: paths.accountSessions(id), body: BECAUSE, ...of(cookie) },
        fails: { path: paths.accountSessions(NO_ID), body: BECAUSE, ...of(cookie) },
      }
    },
  },
  'POST /v1/accounts/{id}/recovery': {
    action: 'accounts:recovery',
    async make(at) {
      const [cookie, id] = [await anAdmin(at), await aPerson(at)]
      return {
        works: { path: paths.accountRecovery(id), body: BECAUSE, ...of(cookie) },
        fails: { path: paths.accountRecovery(NO_ID), body: BECAUSE, ...of(cookie) },
      }
    },
  },
  'POST /v1/invitations': {
    action: 'invitations:create',
    async make(at) {
      const cookie = await anAdmin(at)
      const bodyOf = (email: string) => ({ email, role: 'support' })
      return {
        works: { body: bodyOf('new@example.org'), ...of(cookie) },
        fails: { body: bodyOf('no address'), ...of(cookie) },
      }
    },
  },
  'DELETE /v1/invitations/{id}': {
    action: 'invitations:revoke',
    async make(at) {
      const cookie = await anAdmin(at)
      const body = { email: 'other@example.org', role: 'support' }
      const answer = await send(at, 'POST', paths.invitations(), { cookie, body })
      const { invitation } = (await answer.json()) as { invitation: { id: string } }
      return {
        works: { path: paths.invitation(invitation.id), ...of(cookie) },
        fails: { path: paths.invitation(NO_ID), ...of(cookie) },
      }
    },
  },
  'POST /v1/organisations': {
    action: 'organisations:create',
    async make(at) {
      const cookie = await anAdmin(at)
      return { works: { body: { name: 'City of Test' }, ...of(cookie) }, fails: { body: { name: ' ' }, ...of(cookie) } }
    },
  },
  'PATCH /v1/organisations/{organisationId}': {
    action: 'organisations:change',
    async make(at) {
      const { cookie, organisationId } = await anOwner(at)
      const call = { path: paths.organisation(organisationId), body: { name: 'City of Test, renamed' } }
      return {
        works: { ...call, ...of(cookie, { 'if-match': '"1"' }) },
        fails: { ...call, ...of(cookie, { 'if-match': '"9"' }) },
      }
    },
  },
  'PUT /v1/organisations/{organisationId}/members/{accountId}': {
    action: 'members:change',
    async make(at) {
      const { cookie, organisationId } = await anOwner(at)
      const { accountId } = await aMember(at, organisationId)
      const body = { role: 'manager' }
      return {
        works: { path: paths.member(organisationId, accountId), body, ...of(cookie) },
        fails: { path: paths.member(organisationId, NO_ID), body, ...of(cookie) },
      }
    },
  },
  'DELETE /v1/organisations/{organisationId}/members/{accountId}': {
    action: 'members:remove',
    async make(at) {
      const { cookie, organisationId } = await anOwner(at)
      const { accountId } = await aMember(at, organisationId)
      return {
        works: { path: paths.member(organisationId, accountId), body: BECAUSE, ...of(cookie) },
        fails: { path: paths.member(organisationId, NO_ID), body: BECAUSE, ...of(cookie) },
      }
    },
  },
  'POST /v1/organisations/{organisationId}/members/{accountId}/recovery': {
    action: 'accounts:recovery',
    async make(at) {
      const { cookie, organisationId } = await anOwner(at)
      const { accountId } = await aMember(at, organisationId)
      return {
        works: { path: paths.memberRecovery(organisationId, accountId), body: BECAUSE, ...of(cookie) },
        fails: { path: paths.memberRecovery(organisationId, NO_ID), body: BECAUSE, ...of(cookie) },
      }
    },
  },
  'POST /v1/organisations/{organisationId}/invitations': {
    action: 'invitations:create',
    async make(at) {
      const { cookie, organisationId } = await anOwner(at)
      const path = paths.memberInvitations(organisationId)
      return {
        works: { path, body: { email: 'member@example.org', role: 'viewer' }, ...of(cookie) },
        fails: { path, body: { email: 'no address', role: 'viewer' }, ...of(cookie) },
      }
    },
  },
  'DELETE /v1/organisations/{organisationId}/invitations/{id}': {
    action: 'invitations:revoke',
    async make(at) {
      const owner = await anOwner(at)
      const { id } = await anInvitation(at, owner, 'revoked@example.org')
      return {
        works: { path: paths.memberInvitation(owner.organisationId, id), ...of(owner.cookie) },
        fails: { path: paths.memberInvitation(owner.organisationId, NO_ID), ...of(owner.cookie) },
      }
    },
  },
  'POST /v1/links/accept': {
    action: 'accounts:create',
    async make(at) {
      const { secret } = await anInvitation(at, await anOwner(at), 'joins@example.org')
      const body = { secret, name: 'Cleo', password: PASSWORD }
      return { works: { body }, fails: { body: { ...body, password: 'short' } } }
    },
  },
  'POST /v1/account/memberships': {
    action: 'invitations:accept',
    async make(at) {
      const email = 'joins-too@example.org'
      const { secret } = await anInvitation(at, await anOwner(at), email)
      const { cookie } = await aSignedInAccount(at, { email })
      return {
        works: { body: { secret }, ...of(cookie) },
        fails: { body: { secret }, ...of((await aSignedInAccount(at)).cookie) },
      }
    },
  },
  'DELETE /v1/account/memberships/{organisationId}': {
    action: 'members:leave',
    async make(at) {
      const { cookie, organisationId } = await anOwner(at)
      const member = await aMember(at, organisationId)
      // The only owner cannot leave.
      return {
        works: { path: paths.ownMembership(organisationId), ...of(member.cookie) },
        fails: { path: paths.ownMembership(organisationId), ...of(cookie) },
      }
    },
  },
  'POST /v1/organisations/{organisationId}/tokens': {
    action: 'tokens:create',
    async make(at) {
      const { cookie, organisationId } = await anOwner(at)
      const body = { name: 'counter', scopes: ['zones:write'] }
      return {
        works: { path: paths.tokens(organisationId), body, ...of(cookie) },
        fails: { path: paths.tokens(organisationId), body: { ...body, networks: ['everywhere'] }, ...of(cookie) },
      }
    },
  },
  'POST /v1/organisations/{organisationId}/tokens/{id}/roll': {
    action: 'tokens:roll',
    async make(at) {
      const { cookie, organisationId } = await anOwner(at)
      const id = await aTokenOf(at, cookie, organisationId)
      const body = { overlap: '1h' }
      return {
        works: { path: paths.tokenRoll(organisationId, id), body, ...of(cookie) },
        fails: { path: paths.tokenRoll(organisationId, NO_ID), body, ...of(cookie) },
      }
    },
  },
  'DELETE /v1/organisations/{organisationId}/tokens/{id}': {
    action: 'tokens:revoke',
    async make(at) {
      const { cookie, organisationId } = await anOwner(at)
      const id = await aTokenOf(at, cookie, organisationId)
      return {
        works: { path: paths.token(organisationId, id), ...of(cookie) },
        fails: { path: paths.token(organisationId, NO_ID), ...of(cookie) },
      }
    },
  },
}

const OF_RIDERS = 'reports and contributions of riders are their own record'
/** These need a whole provider or import around them. Each change there writes an entry, which the named test checks. */
const TESTED_IN = (test: string): string => `tested in ${test}`
const CHALLENGE = 'a challenge changes nothing by itself'
const READ_MARK = 'what somebody has read of their own inbox changes nothing for others'
const RIDERS_SETTINGS = 'settings of a rider, whom no entry names'

/** Every other route that is no GET, with the reason why it writes no audit entry. */
export const NO_ENTRY: Readonly<Record<string, string>> = {
  'POST /v1/reports': OF_RIDERS,
  'DELETE /v1/reports/{id}': OF_RIDERS,
  'POST /v1/zones': OF_RIDERS,
  'POST /v1/zones/{id}/contributions': OF_RIDERS,
  'DELETE /v1/riders/me/contributions/{id}': OF_RIDERS,
  'POST /v1/zones/{id}/photos': OF_RIDERS,
  'DELETE /v1/riders/me': 'an entry would name the rider; the list of erased riders has a hash of their id',
  'POST /v1/feeds/{id}/readings': 'readings of sensors are their own record',
  'POST /v1/account/identities/{organisationId}': TESTED_IN('single-sign-on.test.ts'),
  'DELETE /v1/account/identities/{organisationId}': TESTED_IN('single-sign-on.test.ts'),
  'POST /v1/links/decline': TESTED_IN('import-predecessor/people.test.ts'),
  'POST /v1/page-figures': 'figures of pages name nobody and are counted, not stored one by one',
  'POST /v1/links/read': 'reads only; the secret is in the body, so that no log has it',
  'POST /v1/links/passkey-options': CHALLENGE,
  'POST /v1/account/notifications/read': READ_MARK,
  'POST /v1/riders/me/notifications/read': READ_MARK,
  'PUT /v1/riders/me/notification-preferences': RIDERS_SETTINGS,
  'POST /v1/riders/me/push-subscriptions': RIDERS_SETTINGS,
  'DELETE /v1/riders/me/push-subscriptions/{id}': RIDERS_SETTINGS,
  'PUT /v1/account/notification-preferences': TESTED_IN('notifications.test.ts'),
  'POST /v1/account/push-subscriptions': TESTED_IN('push.test.ts'),
  'DELETE /v1/account/push-subscriptions/{id}': TESTED_IN('push.test.ts'),
  'POST /v1/notifications/stop/{secret}': TESTED_IN('push.test.ts'),
  'POST /v1/sign-in/passkey/options': CHALLENGE,
  'POST /v1/account/passkeys/options': CHALLENGE,
  'POST /v1/account/step-up/options': CHALLENGE,
}
