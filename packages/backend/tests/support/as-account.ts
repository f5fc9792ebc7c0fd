import type { TestService } from '@kickstand/testkit/start-service'

type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Response>

/** Sends requests with the cookie of a session; `body` as JSON. */
export function asAccount({ url }: Pick<TestService, 'url'>, { cookie }: { readonly cookie: string }): Send {
  return (method, path, body, headers = {}) =>
    fetch(url + path, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
}
