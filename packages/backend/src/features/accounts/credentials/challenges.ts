import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import type { NewId } from '#platform/ids.ts'
import type { ChallengesTable } from '../tables.ts'
import { deleteChallenge, insertChallenge, readChallenge } from './challenge-store.ts'

const LIFETIME_MS = 5 * 60_000

/** The purpose of a challenge. `subject`: the account or link that it belongs to; null before a sign-in. */
export type ChallengeUse = Pick<ChallengesTable, 'purpose' | 'subject'>

/** How long the browser waits for the person, in milliseconds: a little less than the challenge lasts. */
export const PROMPT_MS = LIFETIME_MS - 10_000

/** Stores a challenge of WebAuthn for five minutes. Returns its id. */
export async function keepChallenge(
  { db, clock, newId }: { readonly db: Db; readonly clock: Clock; readonly newId: NewId },
  use: ChallengeUse,
  challenge: string,
): Promise<string> {
  const id = newId()
  await insertChallenge(db, { id, ...use, challenge, expires_at: clock() + LIFETIME_MS })
  return id
}

/**
 * Takes a challenge, which can be used only once. It is deleted even if the answer turns out to be wrong. Null if it does not
 * exist, was used, has expired or has another purpose.
 */
export async function takeChallenge(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { purpose, subject }: ChallengeUse,
  id: string,
): Promise<string | null> {
  const kept = await readChallenge(db, id)
  if (kept === undefined || kept.purpose !== purpose || kept.subject !== subject) return null
  const isTaken = await deleteChallenge(db, id)
  return isTaken && clock() < kept.expires_at ? kept.challenge : null
}
