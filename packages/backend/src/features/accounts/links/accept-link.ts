import type { LinkAcceptance } from '@kickstand/contract'
import type { Actor } from '#audit/actor.ts'
import type { Engine } from '#db/engine.ts'
import type { Tx } from '#db/schema.ts'
import type { SignInOrigin } from '../sessions/open-session.ts'
import { createAccount } from './create-account.ts'
import type { CredentialDeps } from './new-credentials.ts'
import { recoverAccount } from './recover-account.ts'
import { findUsableLink } from './usable-link.ts'

/** `revokeTokensOf`: revokes the tokens that an account created, and returns how many. */
export type AcceptLinkDeps = CredentialDeps & {
  readonly engine: Engine
  readonly revokeTokensOf: (tx: Tx, accountId: string, now: number) => Promise<number>
}

/** The request that accepts a link. `language`: of a new account. `request`: for the audit log. */
export type Acceptance = {
  readonly origin: SignInOrigin
  readonly language: string
  readonly request: NonNullable<Actor['request']>
}

/**
 * Accepts a link without a session: creates the account, or gives an existing one new credentials.
 * @returns the secret of the new session
 * Throws `link-not-usable`, `sign-in-required` if the account already exists, and `invalid-request`.
 */
export async function acceptLink(deps: AcceptLinkDeps, input: LinkAcceptance, by: Acceptance): Promise<string> {
  const link = await findUsableLink(deps.db, input.secret, deps.clock())
  return link.purpose === 'recovery' ? recoverAccount(deps, link, input, by) : createAccount(deps, link, input, by)
}
