import type { Action } from './actions.ts'
import type { OrganisationRole, PlatformRole } from './roles.ts'

export type Membership = { readonly organisationId: string; readonly role: OrganisationRole }

/** A person who has signed in. */
export type AccountPrincipal = {
  readonly kind: 'account'
  readonly accountId: string
  readonly sessionId: string
  readonly name: string
  readonly roles: readonly PlatformRole[]
  readonly memberships: readonly Membership[]
  /** Whether this session was opened with a passkey, or with a password and a second factor. */
  readonly hasSecondFactor: boolean
  /** When the person last proved their identity on this session, in epoch milliseconds. */
  readonly verifiedAt: number
}

/** A machine. `scopes`: those scopes of its token that the creator of the token still has. */
export type TokenPrincipal = {
  readonly kind: 'token'
  readonly tokenId: string
  readonly name: string
  readonly scopes: readonly Action[]
  /** null: for the whole installation. */
  readonly organisationId: string | null
  /** The only feed that it may write to; null: none. */
  readonly feedId: string | null
}

/** The rider, person or machine that makes a request. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'rider'; readonly riderId: string }
  | AccountPrincipal
  | TokenPrincipal
