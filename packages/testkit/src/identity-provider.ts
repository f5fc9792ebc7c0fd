import { createServer } from 'node:http'
import Provider from 'oidc-provider'

export type IdentityProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
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
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [callback] }],
    pkce: { required: () => true },
    cookies: { keys: ['a key of the test provider'] },
  })
  const handle = provider.callback()
  server.on('request', (request, response) => void handle(request, response))
  return {
    issuer,
    ...CLIENT,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
