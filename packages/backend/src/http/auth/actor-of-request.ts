import type { FastifyRequest } from 'fastify'
import type { Actor } from '#audit/actor.ts'
import type { NetworkOf } from '#platform/network.ts'
import { principalOf, signInRequired } from './principal.ts'

/** Who makes the change of a request, for the audit log. Throws `sign-in-required` where nobody has signed in. */
export function actorOf(request: FastifyRequest, networkOf: NetworkOf): Actor {
  const principal = principalOf(request)
  const origin = { id: request.id, network: networkOf(request.ip) }
  if (principal.kind === 'account')
    return { kind: 'account', name: principal.name, id: principal.accountId, request: origin }
  if (principal.kind === 'token') return { kind: 'token', name: principal.name, id: principal.tokenId, request: origin }
  throw signInRequired()
}
