import { chunks } from '#db/chunks.ts'
import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { Mail } from './mail-kinds.ts'
import type { MailsTable } from './tables.ts'

export async function insertMail(tx: Tx, mail: MailsTable): Promise<void> {
  await tx.insertInto('mails').values(mail).execute()
}

/** Mails that are due, oldest first. */
export async function readDueMails(db: DbReader, now: number, limit: number): Promise<MailsTable[]> {
  return db
    .selectFrom('mails')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function markAttempt(
  db: Db,
  id: string,
  attempt: Pick<MailsTable, 'attempts' | 'next_attempt_at' | 'error'>,
): Promise<void> {
  await db.updateTable('mails').set(attempt).where('id', '=', id).execute()
}

/** Ends a mail and deletes its content. */
export async function finishMail(
  db: Db,
  id: string,
  end: Pick<MailsTable, 'state' | 'finished_at' | 'error'> & Partial<Pick<MailsTable, 'attempts'>>,
): Promise<void> {
  await db
    .updateTable('mails')
    .set({ ...end, text: '', html: '' })
    .where('id', '=', id)
    .execute()
}

/** Ends the mails that were queued before a time and are still waiting. */
export async function expireMails(db: Db, createdBefore: number, now: number): Promise<void> {
  await db
    .updateTable('mails')
    .set({ state: 'expired', finished_at: now, text: '', html: '' })
    .where('state', '=', 'waiting')
    .where('created_at', '<', createdBefore)
    .execute()
}

/** Ends a mail that has not been sent yet and deletes its content. Does nothing if there is no such mail. */
export async function endWaitingMail(tx: Tx, id: string, now: number): Promise<void> {
  await tx
    .updateTable('mails')
    .set({ state: 'expired', finished_at: now, text: '', html: '' })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}

export async function deleteFinishedMails(db: Db, finishedBefore: number): Promise<void> {
  await db.deleteFrom('mails').where('finished_at', '<', finishedBefore).execute()
}

/** The newest mails before an id. `state`: only mails in this state. */
export async function readMails(
  db: DbReader,
  { before, limit, state }: { before: string | null; limit: number; state: MailsTable['state'] | null },
): Promise<MailsTable[]> {
  let query = db.selectFrom('mails').selectAll()
  if (before !== null) query = query.where('id', '<', before)
  if (state !== null) query = query.where('state', '=', state)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

export async function readMail(db: DbReader, id: string): Promise<MailsTable | undefined> {
  return db.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Ids of the mails of a kind that ended in this state within the last thirty days. Older finished mails are deleted. */
export async function readMailIds(
  db: DbReader,
  kind: Mail['kind'],
  state: Exclude<MailsTable['state'], 'waiting'>,
): Promise<string[]> {
  const rows = await db
    .selectFrom('mails')
    .select('id')
    .where('state', '=', state)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Deletes mails to people whose data is erased, whether they were sent or not. */
export async function deleteMails(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const run of chunks(ids)) await tx.deleteFrom('mails').where('id', 'in', run).execute()
}

/** Deletes the mails to an address, sent or not. */
export async function deleteMailsTo(tx: Tx, recipient: string): Promise<void> {
  await tx.deleteFrom('mails').where('recipient', '=', recipient).execute()
}
