import { createServer, type Server } from 'node:http'
import { paths, type IdentityListBody } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import { setProvider } from '#features/single-sign-on/set-provider.ts'
import { request, signInAtProvider, type CookieJar } from './support/follow-sign-in.ts'
import { anOrganisation, aSignedInAccount } from './support/people.ts'
import { CALLBACK, CALLBACK_ORIGIN, useIdentityProvider } from './support/use-identity-provider.ts'
import { useService } from './support/use-service.ts'

forEachEngine((engine) => {
  const at = useService(engine, { env: { KICKSTAND_PUBLIC_URL: CALLBACK_ORIGIN } })
  const { provider, organisationId, start, back, signIn, connect, sessionOf } = useIdentityProvider(at)
  const aMember = () => aSignedInAccount(at(), { memberships: [{ organisationId: organisationId(), role: 'manager' }] })

  describe('signing in with an organisation', () => {
    it('needs an account that its person has connected, whatever e-mail address the provider states', async () => {
      const { email } = await aSignedInAccount(at())
      const jar: CookieJar = new Map()
      expect(await signIn(jar, email)).toBe('/console/?failed=sign-in-failed')
      expect(sessionOf(jar)).toBeUndefined()
    })

    it('opens the account that was connected, and no other', async () => {
      const { accountId, cookie } = await aMember()
      expect(await connect(cookie, 'anna')).toBe('/console/account')
      const jar: CookieJar = new Map()
      expect(await signIn(jar, 'anna')).toBe('/console')
      const principal = await at().service.context.principals.session(sessionOf(jar) ?? '')
      expect(principal).toMatchObject({ accountId, hasSecondFactor: false })
      const { db, networkOf } = at().service.context
      const entries = db.selectFrom('audit_entries').selectAll().where('action', '=', 'sessions:open')
      const entry = await entries.orderBy('id', 'desc').executeTakeFirst()
      expect(entry).toMatchObject({ request_id: expect.any(String), network: networkOf('127.0.0.1') })
      const list = await at().get(paths.ownIdentities(), { cookie })
      const { identities } = (await list.json()) as IdentityListBody
      expect(identities).toMatchObject([{ organisationId: organisationId(), connectedAt: expect.any(String) }])
      const other: CookieJar = new Map()
      expect(await signIn(other, 'bob')).toMatch(/failed=/)
    })

    it('does not connect an identity with a second account', async () => {
      const [first, second] = [await aMember(), await aMember()]
      expect(await connect(first.cookie, 'carol')).toBe('/console/account')
      expect(await connect(first.cookie, 'carol'), 'again').toBe('/console/account')
      expect(await connect(second.cookie, 'carol')).toBe('/console/?failed=identity-in-use')
    })

    it('ends once disconnected', async () => {
      const { cookie } = await aMember()
      await connect(cookie, 'frida')
      expect((await at().delete(paths.ownIdentity(organisationId()), { cookie })).status).toBe(204)
      expect((await at().delete(paths.ownIdentity(organisationId()), { cookie })).status).toBe(404)
      const jar: CookieJar = new Map()
      expect(await signIn(jar, 'frida')).toMatch(/failed=/)
    })
  })

  describe('the way back from a provider', () => {
    it('counts once, in time, and in the browser that began', async () => {
      const { cookie } = await aMember()
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
    const sentTo = async (): Promise<string | null> =>
      (await request(new Map(), at().url + paths.signInProvider(other))).headers.get('location')
    expect(await sentTo()).toBe('/console/?failed=not-found')
    const { clientId, clientSecret } = provider()
    const input = { clientId, clientSecret, organisationId: other, countsAsSecondFactor: false }
    await setProvider(deps, { ...input, issuer: 'http://127.0.0.1:1' })
    expect(await sentTo()).toBe('/console/?failed=provider-failed')
    for (const issuer of ['http://login.example', 'ftp://login.example', 'https://u@login.example', 'login'])
      await expect(setProvider(deps, { ...input, issuer })).rejects.toMatchObject({ code: 'invalid-request' })
  })

  describe.each([
    ['more than 1 MB', { padding: 'x'.repeat(1_100_000) }],
    ['an address of a sign-in that is no web address', { authorization_endpoint: 'javascript:alert(1)' }],
    ['a relative address of a sign-in', { authorization_endpoint: '/authorize' }],
  ])('a provider whose configuration has %s', (_, configuration) => {
    it('is an error with a way out, and no sign-in is stored', async () => {
      const server = createServer((_request, response) => {
        const issuer = issuerOf(server)
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/authorize`, ...configuration }))
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const other = await anOrganisation(at(), 'Other city')
      const deps = { ...at().service.context.database, clock: at().clock.now, actor: AN_ACTOR }
      const client = { clientId: 'c', clientSecret: 's', countsAsSecondFactor: false }
      await setProvider(deps, { ...client, organisationId: other, issuer: issuerOf(server) })
      const begun = await request(new Map(), at().url + paths.signInProvider(other))
      expect(begun.headers.get('location')).toBe('/console/?failed=provider-failed')
      const rows = at().service.context.db.selectFrom('provider_sign_ins').selectAll()
      expect(await rows.where('organisation_id', '=', other).execute()).toEqual([])
      server.close()
    })
  })
})

function issuerOf(server: Server): string {
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}
