import { sql } from 'kysely'
import type { Engine } from '#db/engine.ts'
import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { SignInFailuresTable } from '../tables.ts'

export async function readFailures(db: DbReader, subject: string): Promise<SignInFailuresTable | undefined> {
  return db.selectFrom('sign_in_failures').selectAll().where('subject', '=', subject).executeTakeFirst()
}

/**
 * Counts a failure if there are fewer than `below` failures and the last one is later than `since`. Returns whether it was
 * counted.
 */
export async function countFailureBelow(
  tx: Tx,
  subject: string,
  { below, since, now }: { readonly below: number; readonly since: number; readonly now: number },
): Promise<boolean> {
  const done = await tx
    .updateTable('sign_in_failures')
    .set({ failures: sql<number>`failures + 1`, last_at: now })
    .where('subject', '=', subject)
    .where('failures', '<', below)
    .where('last_at', '>', since)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Returns false if another transaction has just inserted it. */
export async function insertFailure(tx: Tx, engine: Engine, subject: string, now: number): Promise<boolean> {
  const row = { subject, failures: 1, since: now, last_at: now }
  const done = await engine.ignoringDuplicates(tx.insertInto('sign_in_failures').values(row)).executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Changes a row if it is unchanged since it was read. Returns false if it has changed. */
export async function replaceFailures(
  tx: Tx,
  { subject, failures, last_at }: SignInFailuresTable,
  changes: Partial<Omit<SignInFailuresTable, 'subject'>>,
): Promise<boolean> {
  const done = await tx
    .updateTable('sign_in_failures')
    .set(changes)
    .where('subject', '=', subject)
    .where('failures', '=', failures)
    .where('last_at', '=', last_at)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Takes back one failure. `lastAt`: time of the previous failure; null if it does not matter. */
export async function takeBackFailure(tx: Tx, subject: string, lastAt: number | null): Promise<void> {
  await tx
    .updateTable('sign_in_failures')
    .set({ failures: sql<number>`failures - 1`, ...(lastAt === null ? {} : { last_at: lastAt }) })
    .where('subject', '=', subject)
    .where('failures', '>', 0)
    .execute()
}

export async function deleteFailures(tx: Tx, subject: string): Promise<void> {
  await tx.deleteFrom('sign_in_failures').where('subject', '=', subject).execute()
}

export async function deleteFailuresBefore(db: Db, time: number): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('last_at', '<', time).execute()
}
