import type { Db, DbReader } from '#db/schema.ts'
import type { ChallengesTable } from '../tables.ts'

export async function insertChallenge(db: Db, challenge: ChallengesTable): Promise<void> {
  await db.insertInto('challenges').values(challenge).execute()
}

export async function readChallenge(db: DbReader, id: string): Promise<ChallengesTable | undefined> {
  return db.selectFrom('challenges').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Returns false if it was already used. If two requests delete it at the same moment, only one gets true. */
export async function deleteChallenge(db: Db, id: string): Promise<boolean> {
  const done = await db.deleteFrom('challenges').where('id', '=', id).executeTakeFirst()
  return done.numDeletedRows > 0n
}

export async function deleteChallengesBefore(db: Db, time: number): Promise<void> {
  await db.deleteFrom('challenges').where('expires_at', '<', time).execute()
}
