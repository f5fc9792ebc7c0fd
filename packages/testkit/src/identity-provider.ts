import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'
import { readToken, type TokenParts } from './sign-token.ts'

export type IdentityProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Signs the ID tokens, with RS256. */
  readonly signingKey: KeyObject
  /** From now on sends what `forge` makes of an ID token in its place; null ends that. */
  forgeIdTokens(forge: ((issued: TokenParts) => string) | null): void
  stop(): Promise<void>
}

const CLIENT = { clientId: 'kickstand', clientSecret: 'a-secret-of-the-test-provider' }

/**
 * A real OpenID provider on this machine. Its forms for signing in accept any login name, which is the subject, with any
 * password. `callback`: the address that it may send browsers back to.
 */
export async function startIdentityProvider(callback: string): Promise<IdentityProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the identity provider has no port')
  const issuer = `http://127.0.0.1:${address.port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [callback] }],
    pkce: { required: () => true },
    cookies: { keys: ['a key of the test provider'] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' }] },
  })
  let forge: ((issued: TokenParts) => string) | null = null
  provider.use(async (context, next) => {
    await next()
    const answer = context.body as { id_token?: string } | undefined
    if (forge !== null && context.path === '/token' && answer?.id_token !== undefined)
      answer.id_token = forge(readToken(answer.id_token))
  })
  const handle = provider.callback()
  server.on('request', (request, response) => void handle(request, response))
  return {
    issuer,
    ...CLIENT,
    signingKey: privateKey,
    forgeIdTokens: (next) => {
      forge = next
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
