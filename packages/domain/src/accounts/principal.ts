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
  /** Whether the person has proved a second factor of their own on this session: a passkey, or a password and a code. */
  readonly hasSecondFactor: boolean
  /**
   * The organisation whose identity provider opened this session and counts as a second factor, but only for the membership of
   * that organisation; null for none.
   */
  readonly factorOrganisationId: string | null
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
