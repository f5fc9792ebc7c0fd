import { permissionFor, type AccountPrincipal, type Action, type ActionObject } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { rejectUnless } from '#http/auth/access.ts'
import { signInRequired } from '#http/auth/principal.ts'
import { principalOfSession } from '../sessions/session-principal.ts'
import { findSession } from '../sessions/session-store.ts'
import { isSuspended } from './suspension.ts'

/**
 * Reads the session and the rights of a person again, in the transaction of their change. `object`: as in `permissionFor`.
 * @returns their present rights
 * Throws `sign-in-required` if the session has ended or the account is suspended, and the errors of `rejectUnless` if they
 * lost the permission after the request began.
 */
export async function requireStill(
  tx: Tx,
  { sessionId }: AccountPrincipal,
  action: Action,
  now: number,
  object?: ActionObject,
): Promise<AccountPrincipal> {
  const session = await findSession(tx, 'id', sessionId)
  if (session === undefined || isSuspended(session, now)) throw signInRequired()
  const present = await principalOfSession(tx, session)
  rejectUnless(permissionFor(present, action, object))
  return present
}
