import { paths, type ProviderAddressBody } from '@kickstand/contract'
import { AN_ACTOR } from '@kickstand/testkit'
import { startIdentityProvider, type IdentityProvider } from '@kickstand/testkit/identity-provider'
import { afterAll, beforeAll, expect } from 'vitest'
import { setProvider } from '#features/single-sign-on/set-provider.ts'
import { request, signInAtProvider, type CookieJar } from './follow-sign-in.ts'
import { anOrganisation } from './people.ts'
import type { ServiceUnderTest } from './use-service.ts'

/** The service of these tests needs it as KICKSTAND_PUBLIC_URL: the provider must know the way back before it starts. */
export const CALLBACK_ORIGIN = 'http://localhost:4242'
export const CALLBACK = CALLBACK_ORIGIN + paths.signInProviderCallback()

type Connecting = { readonly jar?: CookieJar; readonly meanwhile?: () => Promise<unknown> }

export type ProviderUnderTest = {
  readonly provider: () => IdentityProvider
  readonly organisationId: () => string
  readonly configure: (countsAsSecondFactor: boolean) => Promise<void>
  /** Begins a sign-in. Returns where the browser is sent. */
  readonly start: (jar: CookieJar) => Promise<string>
  /** Opens the address of the way back. Returns where the browser is sent then. */
  readonly back: (jar: CookieJar, address: string) => Promise<string>
  /** A whole sign-in. Returns where the browser is sent at its end. */
  readonly signIn: (jar: CookieJar, login: string) => Promise<string>
  /**
   * Connects an account with a login name of the provider, as a person does, in the browser `jar` or a new one. `meanwhile`:
   * what happens while the person is at the provider. Returns where the browser is sent.
   */
  readonly connect: (cookie: string, login: string, options?: Connecting) => Promise<string>
  /** The secret of the session in a browser. */
  readonly sessionOf: (jar: CookieJar) => string | undefined
}

/** One identity provider for all tests of the block, set for a new organisation. */
export function useIdentityProvider(at: () => ServiceUnderTest): ProviderUnderTest {
  let provider: IdentityProvider
  let organisationId = ''
  beforeAll(async () => {
    provider = await startIdentityProvider(CALLBACK)
    organisationId = await anOrganisation(at())
    await configure(false)
  })
  afterAll(() => provider.stop())

  const hostOf = (): string => new URL(at().url).host

  async function configure(countsAsSecondFactor: boolean): Promise<void> {
    const { db, engine } = at().service.context
    const deps = { db, engine, clock: at().clock.now, actor: AN_ACTOR }
    const { issuer, clientId, clientSecret } = provider
    await setProvider(deps, { issuer, clientId, clientSecret, organisationId, countsAsSecondFactor })
  }

  async function start(jar: CookieJar): Promise<string> {
    const response = await request(jar, at().url + paths.signInProvider(organisationId))
    expect(response.status).toBe(302)
    return response.headers.get('location') ?? ''
  }

  async function back(jar: CookieJar, address: string): Promise<string> {
    // On the port of this test: the service knows itself as another one.
    const response = await request(jar, address.replace(CALLBACK_ORIGIN, at().url))
    return response.headers.get('location') ?? ''
  }

  async function connect(cookie: string, login: string, options: Connecting = {}): Promise<string> {
    const { jar = new Map(), meanwhile } = options
    const response = await at().post(paths.ownIdentity(organisationId), {}, { cookie })
    expect(response.status).toBe(200)
    const [bound = ''] = response.headers.getSetCookie()
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(bound) ?? []
    jar.set(hostOf(), new Map([[name, value]]))
    const { address } = (await response.json()) as ProviderAddressBody
    const end = await signInAtProvider(jar, address, login, CALLBACK)
    await meanwhile?.()
    return back(jar, end)
  }

  return {
    provider: () => provider,
    organisationId: () => organisationId,
    configure,
    start,
    back,
    connect,
    signIn: async (jar, login) => back(jar, await signInAtProvider(jar, await start(jar), login, CALLBACK)),
    sessionOf: (jar) => jar.get(hostOf())?.get('kickstand_session'),
  }
}
