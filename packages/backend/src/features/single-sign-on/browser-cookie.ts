import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SIGN_IN_MS } from './start-sign-in.ts'

const nameOf = (request: FastifyRequest): string =>
  request.protocol === 'https' ? '__Host-kickstand_provider' : 'kickstand_provider'

/** The secret that binds a sign-in at a provider to this browser; null for none. */
export function browserSecretOf(request: FastifyRequest): string | null {
  const { cookie } = request.headers
  return (cookie === undefined ? undefined : parseCookie(cookie)[nameOf(request)]) ?? null
}

/** `lax`, because the provider sends the browser back with a navigation from another site. An empty secret deletes the cookie. */
export function setBrowserCookie(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  const cookie = stringifySetCookie({
    name: nameOf(request),
    value: secret,
    path: '/',
    maxAge: secret === '' ? 0 : SIGN_IN_MS / 1000,
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
  })
  reply.header('set-cookie', cookie)
}
