import type { TestService } from '@kickstand/testkit/start-service'

/** Sends requests with the cookie of a session; '' sends none. `body` is sent as JSON. */
export function person(service: Pick<TestService, 'url'>, cookie: string) {
  const send = (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> =>
    fetch(service.url + path, {
      method,
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
  return {
    get: (path: string) => send('GET', path),
    post: (path: string, body?: unknown, headers?: Readonly<Record<string, string>>) =>
      send('POST', path, body, headers),
    put: (path: string, body: unknown) => send('PUT', path, body),
    patch: (path: string, body: unknown, headers?: Readonly<Record<string, string>>) =>
      send('PATCH', path, body, headers),
    delete: (path: string, body?: unknown) => send('DELETE', path, body),
    send,
  }
}

/** The cookie of the session that a response sets; '' for none. */
export function cookieOf(response: Response): string {
  return /^\w*kickstand_session=[^;]+/.exec(response.headers.get('set-cookie') ?? '')?.[0] ?? ''
}

/** The secret in the address of a link. */
export function secretOf(link: string): string {
  return new URL(link).hash.slice(1)
}
