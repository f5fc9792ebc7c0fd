import { DomainError } from '@kickstand/domain'
import type { FastifyRequest } from 'fastify'

const KEY = /^[\x21-\x7e]{1,200}$/

/** The Idempotency-Key of a request, or null. Throws `invalid-request` for an invalid one. */
export function readIdempotencyKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key === 'string' && KEY.test(key)) return key
  const message = 'must be 1 to 200 printable characters without spaces; a UUID is best'
  throw new DomainError('invalid-request', `Idempotency-Key ${message}.`, [
    { pointer: 'header Idempotency-Key', message },
  ])
}
