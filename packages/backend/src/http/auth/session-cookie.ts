import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

// Over TLS the prefix makes browsers reject a cookie of this name from another host or path (RFC 6265bis §4.1.3.2).
const SECURE_NAME = '__Host-kickstand_session'
/** On http://localhost, where browsers accept no `__Host-` cookie. */
const PLAIN_NAME = 'kickstand_session'
const SECRET = /^[\w-]{43}$/

const isSecure = (request: FastifyRequest): boolean => request.protocol === 'https'

/** The secret of the session that a request carries; null for none. */
export function sessionSecretOf(request: FastifyRequest): string | null {
  const header = request.headers.cookie
  const secret = header === undefined ? undefined : parseCookie(header)[isSecure(request) ? SECURE_NAME : PLAIN_NAME]
  return secret !== undefined && SECRET.test(secret) ? secret : null
}

/** Sets the cookie of a session; an empty secret deletes it. It ends with the browser or, on the server, earlier. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  const secure = isSecure(request)
  const cookie = {
    name: secure ? SECURE_NAME : PLAIN_NAME,
    value: secret,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
  } as const
  reply.header('set-cookie', stringifySetCookie(secret === '' ? { ...cookie, maxAge: 0 } : cookie))
}
