import { paths, type IdentityListBody, type ProviderAddressBody } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startIdentityProvider, type IdentityProvider } from '@kickstand/testkit/identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setProvider } from '#features/single-sign-on/set-provider.ts'
import { request, signInAtProvider, type CookieJar } from './support/follow-sign-in.ts'
import { anOrganisation, aSignedInAccount } from './support/people.ts'
import { useService } from './support/use-service.ts'

const CALLBACK_ORIGIN = 'http://localhost:4242'
const CALLBACK = CALLBACK_ORIGIN + paths.signInProviderCallback()

forEachEngine((engine) => {
  const at = useService(engine, { env: { KICKSTAND_PUBLIC_URL: CALLBACK_ORIGIN } })
  let provider: IdentityProvider
  let organisationId = ''
  beforeAll(async () => {
    provider = await startIdentityProvider(CALLBACK)
    organisationId = await anOrganisation(at())
    await useProvider(false)
  })
  afterAll(() => provider.stop())

  async function useProvider(countsAsSecondFactor: boolean): Promise<void> {
    const { db, engine: databaseEngine } = at().service.context
    const deps = { db, engine: databaseEngine, clock: at().clock.now, actor: AN_ACTOR }
    await setProvider(deps, { ...provider, organisationId, countsAsSecondFactor })
  }
  /** The address of the way back, on this test's port: the service knows itself as another one. */
  const onService = (address: string): string => address.replace(CALLBACK_ORIGIN, at().url)
  const start = async (jar: CookieJar): Promise<string> => {
    const response = await request(jar, at().url + paths.signInProvider(organisationId))
    expect(response.status).toBe(302)
    return response.headers.get('location') ?? ''
  }
  const back = async (jar: CookieJar, address: string): Promise<string> =>
    (await request(jar, onService(address))).headers.get('location') ?? ''
  const sessionOf = (jar: CookieJar): string | undefined => jar.get(new URL(at().url).host)?.get('kickstand_session')
  const factorOf = async (jar: CookieJar): Promise<boolean | undefined> =>
    (await at().service.context.principals.session(sessionOf(jar) ?? ''))?.hasSecondFactor

  /** Connects an account with a login name of the provider, as a person does. */
  async function connect(cookie: string, login: string): Promise<string> {
    const jar: CookieJar = new Map()
    const response = await at().post(paths.ownIdentity(organisationId), {}, { cookie })
    expect(response.status).toBe(200)
    const [bound = ''] = response.headers.getSetCookie()
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(bound) ?? []
    jar.set(new URL(at().url).host, new Map([[name, value]]))
    const { address } = (await response.json()) as ProviderAddressBody
    return back(jar, await signInAtProvider(jar, address, login, CALLBACK))
  }

  describe('signing in with an organisation', () => {
    it('needs an account that its person has connected, whatever e-mail address the provider states', async () => {
      const { email } = await aSignedInAccount(at())
      const jar: CookieJar = new Map()
      expect(await back(jar, await signInAtProvider(jar, await start(jar), email, CALLBACK))).toBe(
        '/console/?failed=sign-in-failed',
      )
      expect(sessionOf(jar)).toBeUndefined()
    })

    it('opens the account that was connected, and no other', async () => {
      const { accountId, cookie } = await aSignedInAccount(at(), { memberships: [{ organisationId, role: 'manager' }] })
      expect(await connect(cookie, 'anna')).toBe('/console/account')
      const jar: CookieJar = new Map()
      expect(await back(jar, await signInAtProvider(jar, await start(jar), 'anna', CALLBACK))).toBe('/console')
      const principal = await at().service.context.principals.session(sessionOf(jar) ?? '')
      expect(principal).toMatchObject({ accountId, hasSecondFactor: false })
      const list = await at().get(paths.ownIdentities(), { cookie })
      const { identities } = (await list.json()) as IdentityListBody
      expect(identities).toMatchObject([{ organisationId, connectedAt: expect.any(String) }])
      const other: CookieJar = new Map()
      expect(await back(other, await signInAtProvider(other, await start(other), 'bob', CALLBACK))).toMatch(/failed=/)
    })

    it('does not connect an identity with a second account', async () => {
      const [first, second] = [await aSignedInAccount(at()), await aSignedInAccount(at())]
      expect(await connect(first.cookie, 'carol')).toBe('/console/account')
      expect(await connect(first.cookie, 'carol'), 'again').toBe('/console/account')
      expect(await connect(second.cookie, 'carol')).toBe('/console/?failed=identity-in-use')
    })

    it('counts as a second factor only where the organisation says so, and never for platform roles', async () => {
      await useProvider(true)
      const member = await aSignedInAccount(at(), { memberships: [{ organisationId, role: 'owner' }] })
      const admin = await aSignedInAccount(at(), { roles: ['admin'] })
      await connect(member.cookie, 'dora')
      await connect(admin.cookie, 'emil')
      for (const [login, expected] of [
        ['dora', true],
        ['emil', false],
      ] as const) {
        const jar: CookieJar = new Map()
        await back(jar, await signInAtProvider(jar, await start(jar), login, CALLBACK))
        expect(await factorOf(jar), login).toBe(expected)
      }
      await useProvider(false)
    })

    it('ends once disconnected', async () => {
      const { cookie } = await aSignedInAccount(at())
      await connect(cookie, 'frida')
      expect((await at().delete(paths.ownIdentity(organisationId), { cookie })).status).toBe(204)
      expect((await at().delete(paths.ownIdentity(organisationId), { cookie })).status).toBe(404)
      const jar: CookieJar = new Map()
      expect(await back(jar, await signInAtProvider(jar, await start(jar), 'frida', CALLBACK))).toMatch(/failed=/)
    })
  })

  describe('the way back from a provider', () => {
    it('counts once, in time, and in the browser that began', async () => {
      const { cookie } = await aSignedInAccount(at())
      await connect(cookie, 'gita')
      const jar: CookieJar = new Map()
      const address = await signInAtProvider(jar, await start(jar), 'gita', CALLBACK)
      const bound = new Map(jar.get(new URL(at().url).host))
      // Another browser, such as that of somebody who was sent the address (login CSRF).
      expect(await back(new Map(), address)).toMatch(/failed=sign-in-failed/)
      jar.set(new URL(at().url).host, bound)
      expect(await back(jar, address), 'used up').toMatch(/failed=sign-in-failed/)

      const late: CookieJar = new Map()
      const lateAddress = await signInAtProvider(late, await start(late), 'gita', CALLBACK)
      at().clock.advance(10 * 60_000)
      expect(await back(late, lateAddress)).toMatch(/failed=sign-in-failed/)
    })

    it.each([
      ['no parameters', ''],
      ['an unknown state', '?code=abc&state=nobody-made-this'],
      ['an error of the provider', '?error=access_denied&state=nobody-made-this'],
    ])('rejects %s', async (_, query) => {
      expect(await back(new Map(), CALLBACK + query)).toBe('/console/?failed=sign-in-failed')
    })

    it('rejects a code that was not issued for it', async () => {
      const jar: CookieJar = new Map()
      const address = new URL(await signInAtProvider(jar, await start(jar), 'anna', CALLBACK))
      address.searchParams.set('code', 'forged')
      expect(await back(jar, address.href)).toMatch(/failed=sign-in-failed/)
    })
  })

  it('a provider that is away, unknown or not safe is an error with a way out', async () => {
    const { db, engine: databaseEngine } = at().service.context
    const deps = { db, engine: databaseEngine, clock: at().clock.now, actor: AN_ACTOR }
    const other = await anOrganisation(at(), 'Other city')
    expect((await at().get(paths.signInProvider(other))).status).toBe(404)
    const input = { ...provider, organisationId: other, countsAsSecondFactor: false }
    await setProvider(deps, { ...input, issuer: 'http://127.0.0.1:1' })
    expect((await at().get(paths.signInProvider(other))).status).toBe(502)
    for (const issuer of ['http://login.example', 'ftp://login.example', 'https://u@login.example', 'login'])
      await expect(setProvider(deps, { ...input, issuer })).rejects.toMatchObject({ code: 'invalid-request' })
  })
})
