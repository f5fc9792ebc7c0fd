import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import { signToken, type TokenParts } from '@kickstand/testkit/sign-token'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openFileDatabase } from './support/file-database.ts'
import type { CookieJar } from './support/follow-sign-in.ts'
import { aSignedInAccount } from './support/people.ts'
import { CALLBACK_ORIGIN, useIdentityProvider } from './support/use-identity-provider.ts'
import { useService } from './support/use-service.ts'

const HOUR_SECONDS = 3600
const seconds = (): number => Math.floor(Date.now() / 1000)

/** A key that the provider does not know. */
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const otherJwk = { ...other.publicKey.export({ format: 'jwk' }), kid: 'other', use: 'sig', alg: 'RS256' }

/** `own`: the key of the provider. `jku`: an address with the other key. */
type Keys = { readonly own: KeyObject; readonly clientSecret: string; readonly jku: string }
type Forge = (issued: TokenParts, keys: Keys) => string

const withHeader = (issued: TokenParts, header: object): TokenParts => ({
  ...issued,
  header: { ...issued.header, ...header },
})
/** Signed as the provider does, with other claims. A claim that is undefined is left out. */
const withClaims =
  (change: (claims: TokenParts['claims']) => object, header: object = {}): Forge =>
  (issued, { own }) =>
    signToken({ ...withHeader(issued, header), claims: { ...issued.claims, ...change(issued.claims) } }, own)

const FORGERIES: Readonly<Record<string, Readonly<Record<string, Forge>>>> = {
  'with another signature': {
    'by another key of the same name': (issued) => signToken(issued, other.privateKey),
    'of other claims': (issued, { own }) => {
      const [, , signature = ''] = signToken({ ...issued, claims: { ...issued.claims, sub: 'mallory' } }, own).split(
        '.',
      )
      return signToken(issued, null) + signature
    },
    'that is empty': (issued) => signToken(issued, null),
  },
  'with another algorithm': {
    none: (issued) => signToken(withHeader(issued, { alg: 'none' }), null),
    'HS256 and the secret of the client': (issued, { clientSecret }) =>
      signToken(withHeader(issued, { alg: 'HS256' }), clientSecret),
    'HS256 and the public key': (issued, { own }) =>
      signToken(
        withHeader(issued, { alg: 'HS256' }),
        createPublicKey(own).export({ type: 'spki', format: 'pem' }).toString(),
      ),
  },
  'with a key of its own': {
    'in the header': (issued) => signToken(withHeader(issued, { kid: 'other', jwk: otherJwk }), other.privateKey),
    'at an address in the header': (issued, { jku }) =>
      signToken(withHeader(issued, { kid: 'other', jku, x5u: jku }), other.privateKey),
    'in place of the known one': (issued, { jku }) =>
      signToken(withHeader(issued, { jwk: otherJwk, jku }), other.privateKey),
  },
  'outside of its time': {
    expired: withClaims(() => ({ iat: seconds() - 2 * HOUR_SECONDS, exp: seconds() - HOUR_SECONDS })),
    'not yet valid': withClaims(() => ({ nbf: seconds() + HOUR_SECONDS, exp: seconds() + 2 * HOUR_SECONDS })),
    'without an end': withClaims(() => ({ exp: undefined })),
  },
  'for another purpose': {
    'an access token': withClaims(
      ({ aud }) => ({ nonce: undefined, client_id: aud, scope: 'openid', jti: 'an-access-token' }),
      { typ: 'at+jwt' },
    ),
    'a logout token': withClaims(
      () => ({
        nonce: undefined,
        jti: 'a-logout-token',
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      }),
      { typ: 'logout+jwt' },
    ),
    'another sign-in': withClaims(() => ({ nonce: 'of-another-sign-in' })),
  },
  'of another audience or issuer': {
    'another client': withClaims(() => ({ aud: 'another-client' })),
    'several clients, made for another': withClaims(({ aud }) => ({
      aud: [aud, 'another-client'],
      azp: 'another-client',
    })),
    'another issuer': withClaims(() => ({ iss: 'https://elsewhere.example' })),
  },
}

describe('an ID token', () => {
  const at = useService({ open: openFileDatabase }, { env: { KICKSTAND_PUBLIC_URL: CALLBACK_ORIGIN } })
  const { provider, organisationId, connect, signIn, sessionOf } = useIdentityProvider(at)
  /** A browser in which the person is signed in at the provider. */
  let browser: CookieJar
  /** A server with the forger's key. */
  let fetched = 0
  const forger = createServer((_, response) => {
    fetched += 1
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [otherJwk] }))
  })
  beforeAll(async () => {
    await new Promise<void>((resolve) => forger.listen(0, '127.0.0.1', resolve))
    browser = new Map()
    const memberships = [{ organisationId: organisationId(), role: 'viewer' as const }]
    const { cookie } = await aSignedInAccount(at(), { memberships })
    expect(await connect(cookie, 'anna', { jar: browser })).toBe('/console/account')
  })
  afterEach(() => provider().forgeIdTokens(null))
  afterAll(() => forger.close())

  async function signInWith(forge: Forge): Promise<{ readonly jar: CookieJar; readonly sentTo: string }> {
    const address = forger.address()
    const jku = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/keys`
    const { signingKey: own, clientSecret } = provider()
    provider().forgeIdTokens((issued) => forge(issued, { own, clientSecret, jku }))
    const jar: CookieJar = new Map([...browser].map(([host, cookies]) => [host, new Map(cookies)]))
    return { jar, sentTo: await signIn(jar, 'anna') }
  }

  it('signed by the provider for this sign-in opens a session', async () => {
    const { jar, sentTo } = await signInWith(withClaims(() => ({})))
    expect(sentTo).toBe('/console')
    expect(sessionOf(jar)).toBeDefined()
  })

  describe.each(Object.entries(FORGERIES))('%s', (_, forgeries) => {
    it.each(Object.entries(forgeries))('is rejected: %s', async (_name, forge) => {
      const { jar, sentTo } = await signInWith(forge)
      expect(sentTo).toBe('/console/?failed=sign-in-failed')
      expect(sessionOf(jar)).toBeUndefined()
      expect(fetched, 'requests for the key of the forger').toBe(0)
    })
  })
})
