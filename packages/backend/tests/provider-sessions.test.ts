import { paths, type OwnAccountBody } from '@kickstand/contract'
import type { OrganisationRole } from '@kickstand/domain'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import type { Tx } from '#db/schema.ts'
import { updateAccount } from '#features/accounts/people/account-store.ts'
import { deleteMembership } from '#features/accounts/people/membership-store.ts'
import { listMails } from '#features/mail/list-mails.ts'
import { removeProvider, setProvider } from '#features/single-sign-on/set-provider.ts'
import { newId } from '#platform/ids.ts'
import { expectProblem } from './support/expect-problem.ts'
import { request, signInAtProvider, type CookieJar } from './support/follow-sign-in.ts'
import { anOrganisation } from './support/people.ts'
import {
  addPasskey,
  aPersonWithPassword,
  cookieOf,
  optionsFrom,
  ownAccount,
  PASSWORD,
  send,
  signIn as signInWithPassword,
} from './support/sign-in.ts'
import { CALLBACK, CALLBACK_ORIGIN, useIdentityProvider } from './support/use-identity-provider.ts'
import { useService } from './support/use-service.ts'

forEachEngine((engine) => {
  const at = useService(engine, { env: { KICKSTAND_PUBLIC_URL: CALLBACK_ORIGIN } })
  const { provider, organisationId, configure, back, signIn, connect, sessionOf } = useIdentityProvider(at)

  type Rights = { readonly role?: OrganisationRole; readonly elsewhere?: OrganisationRole }
  /** A member who has connected their account, and the organisation of `elsewhere`. */
  async function aConnectedMember({ role = 'owner', elsewhere }: Rights = {}) {
    const other = await anOrganisation(at(), 'Other city')
    const memberships = [
      { organisationId: organisationId(), role },
      ...(elsewhere === undefined ? [] : [{ organisationId: other, role: elsewhere }]),
    ]
    const person = await aPersonWithPassword(at(), { memberships })
    const login = newId()
    expect(await connect(person.cookie, login)).toBe('/console/account')
    return { ...person, login, other }
  }
  /** The cookie of a new session through the provider. */
  async function through(login: string): Promise<string> {
    const jar: CookieJar = new Map()
    expect(await signIn(jar, login)).toBe('/console')
    return `kickstand_session=${sessionOf(jar) ?? ''}`
  }
  const get = (cookie: string, path: string): Promise<Response> => send(at(), 'GET', path, { cookie })
  const deps = () => ({ ...at().service.context.database, clock: at().clock.now, actor: AN_ACTOR })
  const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => at().service.context.db.transaction().execute(work)
  /** The provider of these tests, for an organisation. */
  function settings(of: string) {
    const { issuer, clientId, clientSecret } = provider()
    return { issuer, clientId, clientSecret, organisationId: of, countsAsSecondFactor: false }
  }
  async function statusOf(cookie: string, path: string): Promise<number> {
    at().service.context.sessions.forget()
    return (await get(cookie, path)).status
  }
  const NEW_PASSWORD = { password: 'four lanes of yellow paint' }

  describe('a session through an identity provider', () => {
    it('has the role in the organisation whose provider counts, and no other role', async () => {
      const { login, other, accountId } = await aConnectedMember({ elsewhere: 'owner' })
      const cookie = await through(login)
      const own = paths.members(organisationId())
      expect(await statusOf(cookie, own), 'the provider does not count yet').toBe(403)
      await configure(true)
      expect(await statusOf(cookie, own)).toBe(200)
      await expectProblem(await get(cookie, paths.members(other)), 403, 'second-factor-required')
      await expectProblem(await get(cookie, `${paths.audit()}?organisationId=${other}`), 403, 'second-factor-required')
      const invitation = { email: 'eve@example.org', role: 'owner' }
      const invited = await send(at(), 'POST', paths.memberInvitations(other), { cookie, body: invitation })
      await expectProblem(invited, 403, 'second-factor-required')
      // A platform role that came after the sign-in.
      await transact((tx) => updateAccount(tx, accountId, { roles: 'admin' }))
      expect(await statusOf(cookie, paths.accounts())).toBe(403)
      const account = await ownAccount(at(), cookie)
      expect(account).toMatchObject({
        session: { hasSecondFactor: false, factorOrganisationId: organisationId() },
      } satisfies { session: Partial<OwnAccountBody['session']> })
      await configure(false)
      expect(await statusOf(cookie, own)).toBe(403)
    })

    it('changes no credentials until the person has confirmed with their own', async () => {
      const { login, cookie: own } = await aConnectedMember()
      await configure(true)
      const cookie = await through(login)
      const attempts = [
        ['POST', paths.ownPasskeyOptions(), undefined],
        ['POST', paths.ownAuthenticator(), undefined],
        ['POST', paths.ownRecoveryCodes(), undefined],
        ['PUT', paths.ownPassword(), NEW_PASSWORD],
        ['POST', paths.ownIdentity(organisationId()), undefined],
        ['DELETE', paths.ownIdentity(organisationId()), undefined],
      ] as const
      for (const [method, path, body] of attempts)
        await expectProblem(await send(at(), method, path, { cookie, body }), 403, 'step-up-required')
      const { authenticator } = await addPasskey(at(), own)
      const { challengeId, options } = await optionsFrom(at(), paths.stepUpOptions(), cookie)
      const passkey = { challengeId, response: authenticator.get(options) }
      const proved = await send(at(), 'POST', paths.stepUp(), { cookie, body: { passkey } })
      await addPasskey(at(), cookieOf(proved))
      await configure(false)
    })

    it('is not opened for a person who has left the organisation', async () => {
      const { login, accountId } = await aConnectedMember({ role: 'viewer' })
      await transact((tx) => deleteMembership(tx, organisationId(), accountId))
      expect(await signIn(new Map(), login)).toBe('/console/?failed=sign-in-failed')
    })

    it('ends when the person disconnects their account', async () => {
      const { login, cookie } = await aConnectedMember()
      const session = await through(login)
      expect(await statusOf(session, paths.ownAccount())).toBe(200)
      expect((await send(at(), 'DELETE', paths.ownIdentity(organisationId()), { cookie })).status).toBe(204)
      expect(await statusOf(session, paths.ownAccount())).toBe(401)
      expect(await statusOf(cookie, paths.ownAccount())).toBe(200)
    })

    it('ends when the provider is removed or replaced', async () => {
      const { login, cookie } = await aConnectedMember()
      const session = await through(login)
      await removeProvider(deps(), organisationId())
      expect(await statusOf(session, paths.ownAccount())).toBe(401)
      expect(await statusOf(cookie, paths.ownAccount())).toBe(200)
      await configure(false)
      expect(await connect(cookie, login)).toBe('/console/account')
      const next = await through(login)
      await setProvider(deps(), { ...settings(organisationId()), issuer: 'https://login.example' })
      expect(await statusOf(next, paths.ownAccount())).toBe(401)
      await configure(false)
    })
  })

  describe('connecting an account', () => {
    it('needs a membership of the organisation, also when the browser comes back', async () => {
      const stranger = await aPersonWithPassword(at())
      const connecting = paths.ownIdentity(organisationId())
      const refused = await send(at(), 'POST', connecting, { cookie: stranger.cookie })
      await expectProblem(refused, 404, 'organisation-not-found')
      const memberships = [{ organisationId: organisationId(), role: 'viewer' as const }]
      const { accountId, cookie } = await aPersonWithPassword(at(), { memberships })
      const leave = () => transact((tx) => deleteMembership(tx, organisationId(), accountId))
      expect(await connect(cookie, newId(), { meanwhile: leave })).toBe('/console/?failed=sign-in-failed')
    })

    it('fails if the account got a second factor meanwhile that the session lacks', async () => {
      const memberships = [{ organisationId: organisationId(), role: 'viewer' as const }]
      const { email, cookie } = await aPersonWithPassword(at(), { memberships })
      const attacker = cookieOf(await signInWithPassword(at(), { email, password: PASSWORD }))
      const protect = () => addPasskey(at(), cookie)
      expect(await connect(attacker, newId(), { meanwhile: protect })).toBe('/console/?failed=second-factor-required')
    })

    it('is reported to the person by mail, as is the end of the connection', async () => {
      const { email, cookie } = await aConnectedMember()
      const mails = async () =>
        (await listMails(at().service.context.db, { limit: 100 })).filter(({ to }) => to === email)
      expect(await mails()).toMatchObject([{ kind: 'credentials-changed' }])
      await send(at(), 'DELETE', paths.ownIdentity(organisationId()), { cookie })
      expect(await mails()).toHaveLength(2)
    })

    it('for one organisation does not hold for another with the same issuer', async () => {
      const { login, other } = await aConnectedMember({ elsewhere: 'owner' })
      await setProvider(deps(), { ...settings(other), countsAsSecondFactor: true })
      const jar: CookieJar = new Map()
      const begun = await request(jar, at().url + paths.signInProvider(other))
      const address = await signInAtProvider(jar, begun.headers.get('location') ?? '', login, CALLBACK)
      expect(await back(jar, address)).toBe('/console/?failed=sign-in-failed')
    })
  })
})
