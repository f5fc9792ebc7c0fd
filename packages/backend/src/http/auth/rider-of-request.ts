import { DomainError } from '@kickstand/domain'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readIdempotencyKey } from '#http/idempotency/read-key.ts'
import { isMachineToken, newSecret, riderIdFor } from '#platform/ids.ts'

// A rider needs no account. A secret binds reports to a device: the client generates it and sends it as a bearer token,
// or the response to its first report sets it as a cookie. Only a hash of it is stored.

const COOKIE = 'kickstand_rider'
const SECRET = /^[A-Za-z0-9_-]{22,128}$/
const SECRET_SHAPE = '22 to 128 characters of A-Z, a-z, 0-9, - and _ that the device chose at random'
const YEAR_SECONDS = 365 * 24 * 3600

export type RequestRider = {
  readonly riderId: string
  /** The `Set-Cookie` header with the secret of a new rider; null for a known one. */
  readonly setCookie: string | null
  /** The Idempotency-Key of the request. It is unique per rider, not across riders. */
  readonly key: string | null
}

/**
 * The rider whose secret a request carries, or null where it carries none. Throws `invalid-request` for an invalid one, and
 * `not-allowed` for the token of a machine.
 */
export function riderOfRequest(request: FastifyRequest): string | null {
  const secret = bearer(request) ?? cookie(request)
  return secret === null ? null : riderIdFor(secret)
}

/**
 * The rider of a request that only they may make. `rule`: why, in a sentence. Throws `rider-required` where it carries no
 * secret.
 */
export function requireRider(request: FastifyRequest, rule: string): string {
  const riderId = riderOfRequest(request)
  if (riderId !== null) return riderId
  throw new DomainError(
    'rider-required',
    `${rule} Send the same Authorization header or cookie as with its reports and contributions.`,
  )
}

/** Deletes the cookie with the secret of a rider who was erased, if the request was made with it. */
export function forgetRiderCookie(request: FastifyRequest, reply: FastifyReply): void {
  if (bearer(request) === null && cookie(request) !== null) reply.header('set-cookie', riderCookie(request, '', 0))
}

/**
 * The rider of a request and their Idempotency-Key; a new rider where the request carries no secret. Throws
 * `invalid-request` for a key without a secret: all clients without a secret would share that key and could receive
 * each other's reports.
 */
export function riderOrNew(request: FastifyRequest): RequestRider {
  const riderId = riderOfRequest(request)
  const key = readIdempotencyKey(request)
  if (riderId !== null) return { riderId, setCookie: null, key }
  if (key !== null) throw keyWithoutSecret()
  const secret = newSecret()
  return { riderId: riderIdFor(secret), setCookie: riderCookie(request, secret, YEAR_SECONDS), key: null }
}

function riderCookie(request: FastifyRequest, value: string, maxAge: number): string {
  return stringifySetCookie({
    name: COOKIE,
    value,
    path: '/v1',
    maxAge,
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
  })
}

function keyWithoutSecret(): DomainError {
  const message = `requires the secret of the device: send Authorization: Bearer with ${SECRET_SHAPE}, or the cookie of its first report`
  return new DomainError('invalid-request', `Idempotency-Key ${message}.`, [
    { pointer: 'header Idempotency-Key', message },
  ])
}

function bearer(request: FastifyRequest): string | null {
  const authorization = request.headers.authorization ?? ''
  // Other schemes, such as Basic, can be meant for a proxy in front of this server.
  if (!/^Bearer\b/i.test(authorization)) return null
  const secret = /^Bearer (\S+)$/i.exec(authorization)?.[1]
  if (secret !== undefined && isMachineToken(secret)) {
    throw new DomainError(
      'not-allowed',
      'This is the token of a machine. It cannot act as a rider: send the secret of a device, or no Authorization header.',
    )
  }
  if (secret !== undefined && SECRET.test(secret)) return secret
  // If it were ignored, every request of this device would make a new rider.
  const message = `must be Bearer and ${SECRET_SHAPE}`
  throw new DomainError('invalid-request', `Authorization ${message}.`, [{ pointer: 'header Authorization', message }])
}

function cookie(request: FastifyRequest): string | null {
  const header = request.headers.cookie
  const secret = header === undefined ? undefined : parseCookie(header)[COOKIE]
  return secret !== undefined && SECRET.test(secret) ? secret : null
}
