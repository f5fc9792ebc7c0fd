import { sql } from 'kysely'
import { chunks } from '#db/chunks.ts'
import type { DbReader, Row, Tx } from '#db/schema.ts'

export type PersonRow = Row<'predecessor_people'>

/** States in which a person has not answered the invitation, so that their account is not in use yet. */
const OPEN = ['waiting', 'bounced'] as const

/** Fails with a duplicate key if a person is stored already. */
export async function insertPeople(tx: Tx, people: readonly PersonRow[]): Promise<void> {
  for (const run of chunks(people)) await tx.insertInto('predecessor_people').values(run).execute()
}

/** Returns which of these ids are stored. */
export async function findPeople(db: DbReader, ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const run of chunks(ids)) {
    const rows = await db.selectFrom('predecessor_people').select('id').where('id', 'in', run).execute()
    for (const { id } of rows) found.add(id)
  }
  return found
}

/** Marks a person as joined at their first sign-in. Their link to decline stops working. */
export async function markJoined(tx: Tx, accountId: string, now: number): Promise<void> {
  await tx
    .updateTable('predecessor_people')
    .set({ state: 'joined', ended_at: now, opt_out_hash: null })
    .where('account_id', '=', accountId)
    .where('state', 'in', OPEN)
    .execute()
}

export async function findPersonByOptOut(db: DbReader, hash: string): Promise<PersonRow | undefined> {
  return db.selectFrom('predecessor_people').selectAll().where('opt_out_hash', '=', hash).executeTakeFirst()
}

/** Whether there are people who have not answered yet. */
export async function hasOpenPeople(db: DbReader): Promise<boolean> {
  const row = await db
    .selectFrom('predecessor_people')
    .select('id')
    .where('state', 'in', OPEN)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * People who have not answered and whose account has no rights. An account that was given rights is in use. `before`: only
 * people who were invited before that time, or imported before it if they were not invited.
 */
export async function readOpenPeople(
  db: DbReader,
  { id, source, before, limit }: { id?: string; source?: string; before?: number; limit: number },
): Promise<PersonRow[]> {
  let query = db
    .selectFrom('predecessor_people')
    .leftJoin('accounts', 'accounts.id', 'predecessor_people.account_id')
    .selectAll('predecessor_people')
    .where('predecessor_people.state', 'in', OPEN)
    .where(({ or, eb, and, not, exists, selectFrom }) =>
      or([
        eb('accounts.id', 'is', null),
        and([
          eb('accounts.roles', '=', ''),
          not(
            exists(
              selectFrom('memberships')
                .select('memberships.account_id')
                .whereRef('memberships.account_id', '=', 'accounts.id'),
            ),
          ),
        ]),
      ]),
    )
  if (source !== undefined) query = query.where('predecessor_people.source', '=', source)
  if (id !== undefined) query = query.where('predecessor_people.id', '=', id)
  if (before !== undefined)
    query = query.where(
      sql<number>`coalesce(predecessor_people.invited_at, predecessor_people.imported_at)`,
      '<',
      before,
    )
  return query.orderBy('predecessor_people.id').limit(limit).execute()
}

/** Changes a person who has not answered. Returns false if they have answered in the meantime. */
export async function updateOpenPerson(
  tx: Tx,
  id: string,
  changes: Partial<Omit<PersonRow, 'id' | 'source' | 'imported_at'>>,
): Promise<boolean> {
  const done = await tx
    .updateTable('predecessor_people')
    .set(changes)
    .where('id', '=', id)
    .where('state', 'in', OPEN)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Deletes a person who has not answered. Returns false if they have answered in the meantime. */
export async function deleteOpenPerson(tx: Tx, id: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('predecessor_people')
    .where('id', '=', id)
    .where('state', 'in', OPEN)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

/** Erases what is stored about a person whose account was erased. Their reports are unlinked later. */
export async function markAccountErased(tx: Tx, accountId: string, now: number): Promise<void> {
  await tx
    .updateTable('predecessor_people')
    .set({
      state: 'erased',
      ended_at: now,
      account_id: null,
      user_ref: null,
      proposes_admin: 0,
      opt_out_hash: null,
    })
    .where('account_id', '=', accountId)
    .execute()
}

/** People who declined or were erased and whose reports are still linked to their rider. */
export async function readPeopleToUnlink(
  db: DbReader,
  limit: number,
): Promise<{ riderId: string | null; mailId: string | null }[]> {
  return db
    .selectFrom('predecessor_people')
    .select(['rider_id as riderId', 'mail_id as mailId'])
    .where('state', 'in', ['declined', 'erased'])
    .where('rider_id', 'is not', null)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Deletes the link between people and riders, once no other row refers to these riders. */
export async function forgetRidersOfPeople(tx: Tx, riderIds: readonly string[]): Promise<void> {
  for (const run of chunks(riderIds))
    await tx.updateTable('predecessor_people').set({ rider_id: null }).where('rider_id', 'in', run).execute()
}

/** The riders that belong to an account since the import from the predecessor. */
export async function readRidersOfAccount(db: DbReader, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('predecessor_people')
    .select('rider_id')
    .where('account_id', '=', accountId)
    .where('state', '=', 'joined')
    .execute()
  return rows.flatMap(({ rider_id }) => rider_id ?? [])
}
