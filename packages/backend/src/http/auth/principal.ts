import { DomainError, type AccountPrincipal, type Principal, type TokenPrincipal } from '@kickstand/domain'
import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface FastifyRequest {
    /** Set by `registerAccess` on routes whose access is an action; null on all others, which read no session. */
    principal: Principal | null
  }
}

/** Looks up what credentials stand for. Both return null for credentials that are unknown, ended or revoked. */
export type PrincipalSource = {
  session(secret: string): Promise<AccountPrincipal | null>
  /** `address`: that of the client, for tokens that only some networks may use. */
  token(secret: string, address: string): Promise<TokenPrincipal | null>
}

/** The principal of a request to a route whose access is an action. */
export function principalOf(request: FastifyRequest): Principal {
  return request.principal ?? { kind: 'anonymous' }
}

/** The account of a request. Throws `sign-in-required` where it carries no session. */
export function accountOf(request: FastifyRequest): AccountPrincipal {
  const principal = principalOf(request)
  if (principal.kind === 'account') return principal
  throw signInRequired()
}

/** The account of a request; null for a token. */
export function accountOrNull(request: FastifyRequest): AccountPrincipal | null {
  const principal = principalOf(request)
  return principal.kind === 'account' ? principal : null
}

export function signInRequired(): DomainError {
  return new DomainError(
    'sign-in-required',
    'This needs a session or a token that is valid. Sign in at /console, or send a token as Authorization: Bearer.',
  )
}
