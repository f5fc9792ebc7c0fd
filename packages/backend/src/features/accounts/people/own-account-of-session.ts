import type { OwnAccountBody } from '@kickstand/contract'
import type { Db } from '#db/schema.ts'
import { signInRequired } from '#http/auth/principal.ts'
import type { SessionFinder } from '../sessions/find-session.ts'
import { ownAccountBody } from './own-account-body.ts'

export type OwnSessionDeps = { readonly db: Db; readonly sessions: SessionFinder }

/** The account of a session that has just been opened or renewed. Throws `sign-in-required` if it ended meanwhile. */
export async function ownAccountOfSession({ db, sessions }: OwnSessionDeps, secret: string): Promise<OwnAccountBody> {
  const principal = await sessions.find(secret)
  if (principal === null) throw signInRequired()
  return ownAccountBody(db, principal)
}
