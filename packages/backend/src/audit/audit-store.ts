import type { DbReader, Tx } from '#db/schema.ts'
import type { AuditEntriesTable, AuditLinksTable, AuditValuesTable } from './tables.ts'

type Entry = AuditEntriesTable
type Link = AuditLinksTable
type Value = AuditValuesTable

/** Inserts an entry with its personal values, for `sealEntries` to add it to the chain. */
export async function insertEntry(tx: Tx, entry: Entry, values: readonly Omit<Value, 'entry_id'>[]): Promise<void> {
  await tx.insertInto('audit_entries').values(entry).execute()
  await tx
    .insertInto('audit_values')
    .values(values.map((value) => ({ ...value, entry_id: entry.id })))
    .execute()
  await tx.insertInto('audit_queue').values({ entry_id: entry.id }).execute()
}

/** Entries that are not in the chain yet, oldest first. */
export async function readUnsealed(db: DbReader, limit: number): Promise<Entry[]> {
  return db
    .selectFrom('audit_queue')
    .innerJoin('audit_entries', 'audit_entries.id', 'audit_queue.entry_id')
    .selectAll('audit_entries')
    .orderBy('audit_entries.id')
    .limit(limit)
    .execute()
}

export async function readLastLink(db: DbReader): Promise<Link | undefined> {
  return db.selectFrom('audit_links').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()
}

/** Adds links to the chain. Fails with a duplicate key if another process added links meanwhile. */
export async function insertLinks(tx: Tx, links: readonly Link[]): Promise<void> {
  const ids = links.map(({ entry_id }) => entry_id)
  await tx.insertInto('audit_links').values(links).execute()
  await tx.deleteFrom('audit_queue').where('entry_id', 'in', ids).execute()
}

/** Links after a number, in order, each with its entry; null for an entry that is gone. */
export async function readLinks(
  db: DbReader,
  after: number,
  limit: number,
): Promise<{ link: Link; entry: Entry | null }[]> {
  const links = await db
    .selectFrom('audit_links')
    .selectAll()
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
  const entries = await readEntriesById(
    db,
    links.map(({ entry_id }) => entry_id),
  )
  return links.map((link) => ({ link, entry: entries.get(link.entry_id) ?? null }))
}

async function readEntriesById(db: DbReader, ids: readonly string[]): Promise<Map<string, Entry>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The personal values of entries that are still stored. */
export async function readValues(db: DbReader, entryIds: readonly string[]): Promise<Value[]> {
  if (entryIds.length === 0) return []
  return db
    .selectFrom('audit_values')
    .selectAll()
    .where('entry_id', 'in', [...entryIds])
    .execute()
}

/** The first entry that is neither in the chain nor waiting for it; undefined if there is none. */
export async function findStrayEntry(db: DbReader): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('audit_entries')
    .leftJoin('audit_links', 'audit_links.entry_id', 'audit_entries.id')
    .leftJoin('audit_queue', 'audit_queue.entry_id', 'audit_entries.id')
    .select('audit_entries.id')
    .where('audit_links.seq', 'is', null)
    .where('audit_queue.entry_id', 'is', null)
    .orderBy('audit_entries.id')
    .limit(1)
    .executeTakeFirst()
}

/** The first entry that waits for the chain and is gone; undefined if there is none. */
export async function findRemovedWaiting(db: DbReader): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('audit_queue')
    .leftJoin('audit_entries', 'audit_entries.id', 'audit_queue.entry_id')
    .select('audit_queue.entry_id as id')
    .where('audit_entries.id', 'is', null)
    .orderBy('audit_queue.entry_id')
    .limit(1)
    .executeTakeFirst()
}

/**
 * `organisations`: only entries of these; all also includes those of no organisation. `from` and `to`: epoch milliseconds,
 * without `to` itself.
 */
export type EntryFilter = {
  readonly action?: string | undefined
  readonly object?: { kind: string; id: string } | undefined
  readonly organisations?: 'all' | readonly string[]
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** Entries before an id, newest first. */
export async function readEntriesBefore(
  db: DbReader,
  before: string | null,
  limit: number,
  { action, object, organisations = 'all', from, to }: EntryFilter,
): Promise<Entry[]> {
  if (organisations !== 'all' && organisations.length === 0) return []
  let query = db.selectFrom('audit_entries').selectAll()
  if (before !== null) query = query.where('id', '<', before)
  if (action !== undefined) query = query.where('action', '=', action)
  if (object !== undefined) query = query.where('object_kind', '=', object.kind).where('object_id', '=', object.id)
  if (organisations !== 'all') query = query.where('organisation_id', 'in', [...organisations])
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** Deletes the personal values of an account from all entries; the chain stays whole. */
export async function deleteValuesOf(tx: Tx, subject: string): Promise<void> {
  await tx.deleteFrom('audit_values').where('subject', '=', subject).execute()
}
