import { paths } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startIdentityProvider, type IdentityProvider } from '@kickstand/testkit/identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertIdentity } from '#features/accounts/people/people-records.ts'
import { identityIdOf } from '#features/single-sign-on/finish-sign-in.ts'
import { setProvider } from '#features/single-sign-on/set-provider.ts'
import { newId } from '#platform/ids.ts'
import { expectProblem } from './support/expect-problem.ts'
import { request, signInAtProvider, type CookieJar } from './support/follow-sign-in.ts'
import { anOrganisation, aSignedInAccount } from './support/people.ts'
import { addPasskey, aPersonWithPassword, PASSWORD, send, signIn, cookieOf } from './support/sign-in.ts'
import { useService } from './support/use-service.ts'

const CALLBACK_ORIGIN = 'http://localhost:4242'
const CALLBACK = CALLBACK_ORIGIN + paths.signInProviderCallback()
const HOUR_MS = 3_600_000

forEachEngine((engine) => {
  const at = useService(engine, { env: { KICKSTAND_PUBLIC_URL: CALLBACK_ORIGIN } })
  let provider: IdentityProvider
  let organisationId = ''
  beforeAll(async () => {
    provider = await startIdentityProvider(CALLBACK)
    organisationId = await anOrganisation(at())
    const { db, engine: databaseEngine } = at().service.context
    const deps = { db, engine: databaseEngine, clock: at().clock.now, actor: AN_ACTOR }
    await setProvider(deps, { ...provider, organisationId, countsAsSecondFactor: false })
  })
  afterAll(() => provider.stop())

  /** A new login name at the provider, of a member who has connected their account with it. */
  async function aConnectedMember(): Promise<string> {
    const login = newId()
    const { accountId } = await aSignedInAccount(at(), { memberships: [{ organisationId, role: 'viewer' }] })
    const identity = {
      id: identityIdOf({ organisation_id: organisationId, issuer: provider.issuer }, login),
      organisation_id: organisationId,
      account_id: accountId,
      created_at: at().clock.now(),
      used_at: null,
    }
    await at()
      .service.context.db.transaction()
      .execute((tx) => insertIdentity(tx, identity))
    return login
  }

  /** Where the provider sends the browser at the start of a sign-in: back, or to its own form. */
  async function beginAtProvider(jar: CookieJar): Promise<string> {
    const start = await request(jar, at().url + paths.signInProvider(organisationId))
    const answer = await request(jar, start.headers.get('location') ?? '')
    return new URL(answer.headers.get('location') ?? '', provider.issuer).href
  }
  async function comeBack(jar: CookieJar, address: string): Promise<void> {
    const answer = await request(jar, address.replace(CALLBACK_ORIGIN, at().url))
    expect(answer.headers.get('location')).toBe('/console')
  }
  async function aSession(login: string): Promise<CookieJar> {
    const jar: CookieJar = new Map()
    const form = await beginAtProvider(jar)
    expect(form.startsWith(provider.issuer)).toBe(true)
    await comeBack(jar, await signInAtProvider(jar, form, login, CALLBACK))
    return jar
  }
  const statusOf = async (jar: CookieJar): Promise<number> => {
    at().service.context.sessions.forget()
    return (await request(jar, at().url + paths.ownAccount())).status
  }
  async function signOutAtProvider(jar: CookieJar): Promise<void> {
    const page = await (await request(jar, `${provider.issuer}/session/end`)).text()
    const xsrf = /name="xsrf" value="(\w+)"/.exec(page)?.[1] ?? ''
    const body = new URLSearchParams({ xsrf, logout: 'yes' })
    const done = await request(jar, `${provider.issuer}/session/end/confirm`, { method: 'POST', body })
    expect(done.status).toBeLessThan(400)
  }

  describe('a session that was opened at an identity provider', () => {
    it('ends alone when the person signs out here: the others and the one at the provider go on', async () => {
      const login = await aConnectedMember()
      const [jar, elsewhere] = [await aSession(login), await aSession(login)]
      expect((await request(jar, at().url + paths.signOut(), { method: 'POST' })).status).toBe(204)
      expect([await statusOf(jar), await statusOf(elsewhere)]).toEqual([401, 200])
      // The provider knows the person still, and sends them back without its form.
      const back = await beginAtProvider(jar)
      expect(back.startsWith(CALLBACK)).toBe(true)
      await comeBack(jar, back)
      expect(await statusOf(jar)).toBe(200)
    })

    it('goes on when the person signs out at the provider, which then asks at the next sign-in', async () => {
      const jar = await aSession(await aConnectedMember())
      await signOutAtProvider(jar)
      expect(await statusOf(jar)).toBe(200)
      expect((await beginAtProvider(jar)).startsWith(provider.issuer)).toBe(true)
    })

    it('ends after twelve hours without a request, and after thirty days in any case', async () => {
      const login = await aConnectedMember()
      const [unused, used] = [await aSession(login), await aSession(login)]
      at().clock.advance(12 * HOUR_MS - 1)
      expect(await statusOf(used)).toBe(200)
      at().clock.advance(2)
      expect(await statusOf(unused)).toBe(401)
      for (let hours = 12; hours < 30 * 24; hours += 11) {
        expect(await statusOf(used)).toBe(200)
        at().clock.advance(11 * HOUR_MS)
      }
      expect(await statusOf(used)).toBe(401)
    })
  })

  it('a provider is not connected on a session without the second factor that its account has', async () => {
    const person = await aPersonWithPassword(at(), { memberships: [{ organisationId, role: 'viewer' }] })
    const { cookie } = await addPasskey(at(), person.cookie)
    const weak = cookieOf(await signIn(at(), { email: person.email, password: PASSWORD }))
    const connect = async (of: string): Promise<Response> =>
      send(at(), 'POST', paths.ownIdentity(organisationId), { cookie: of })
    await expectProblem(await connect(weak), 403, 'second-factor-required')
    expect((await connect(cookie)).status).toBe(200)
  })
})
