import type { EventLog } from '#db/event-log.ts'
import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import type { SourceChangesTable, ZoneSourcesTable } from './tables.ts'
import type { Selectable } from 'kysely'
import { readEntryNames } from './entry-name-store.ts'

const ROWS_PER_DELETE = 2000

/** An entry before a change: its row and its current reference; null where there was none. */
export type EntryBefore = {
  readonly ref: string
  readonly before: { readonly row: Selectable<ZoneSourcesTable>; readonly name: string } | null
}

export async function readSourceChange(db: DbReader, source: string): Promise<SourceChangesTable | undefined> {
  return db.selectFrom('source_changes').selectAll().where('source_id', '=', source).executeTakeFirst()
}

/** The source with the newest change that was not undone. */
export async function lastChangedSource(db: DbReader): Promise<string | null> {
  const row = await db
    .selectFrom('source_changes')
    .select('source_id')
    .where('state', '!=', 'undone')
    .orderBy('started_at', 'desc')
    .orderBy('source_id')
    .limit(1)
    .executeTakeFirst()
  return row?.source_id ?? null
}

export async function putSourceChange(tx: Tx, change: SourceChangesTable): Promise<void> {
  await tx.deleteFrom('source_changes').where('source_id', '=', change.source_id).execute()
  await tx.insertInto('source_changes').values(change).execute()
}

export async function dropSourceChange(tx: Tx, source: string): Promise<void> {
  await tx.deleteFrom('source_changes').where('source_id', '=', source).execute()
  await tx.deleteFrom('entry_names').where('source_id', '=', source).execute()
}

/** Stores the entries as they are now, unless this change has stored them already. */
export async function noteBefore(tx: Tx, source: string, refs: readonly string[]): Promise<void> {
  for (const part of chunks(refs)) {
    const kept = await tx
      .selectFrom('entries_before')
      .select('ref')
      .where('source_id', '=', source)
      .where('ref', 'in', part)
      .execute()
    const known = new Set(kept.map(({ ref }) => ref))
    const fresh = part.filter((ref) => !known.has(ref))
    if (fresh.length === 0) continue
    const rows = await tx
      .selectFrom('zone_sources')
      .selectAll()
      .where('source_id', '=', source)
      .where('ref', 'in', fresh)
      .execute()
    const byRef = new Map(rows.map((row) => [row.ref, row]))
    const names = new Map((await readEntryNames(tx, source, 'ref', fresh)).map(({ ref, name }) => [ref, name]))
    const values = fresh.map((ref) => {
      const row = byRef.get(ref)
      const before = row === undefined ? null : { row, name: names.get(ref) ?? ref }
      return { source_id: source, ref, entry: before === null ? null : JSON.stringify(before) }
    })
    await tx.insertInto('entries_before').values(values).execute()
  }
}

/** Entries before the last change, in batches, ordered by reference. */
export async function* entriesBefore(
  db: DbReader,
  source: string,
  limit: number,
): AsyncGenerator<EntryBefore[], void, undefined> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('entries_before')
      .select(['ref', 'entry'])
      .where('source_id', '=', source)
      .where('ref', '>', after)
      .orderBy('ref')
      .limit(limit)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    // Written only by this module.
    yield rows.map(({ ref, entry }) => ({
      ref,
      before: entry === null ? null : (JSON.parse(entry) as EntryBefore['before']),
    }))
    after = last.ref
  }
}

/** Restores an entry, except for its zone, which follows from matching. */
export async function restoreEntry(tx: Tx, row: Selectable<ZoneSourcesTable>): Promise<void> {
  const { source_id, ref, zone_id: _zone, ...columns } = row
  await tx.updateTable('zone_sources').set(columns).where('source_id', '=', source_id).where('ref', '=', ref).execute()
}

/** Deletes the stored entries of the last change, in batches. */
export async function clearBefore(eventLog: EventLog, source: string): Promise<void> {
  for (;;) {
    const deleted = await eventLog.commit(async (tx) => {
      const rows = await tx
        .selectFrom('entries_before')
        .select('ref')
        .where('source_id', '=', source)
        .limit(ROWS_PER_DELETE)
        .execute()
      const refs = rows.map(({ ref }) => ref)
      for (const part of chunks(refs)) {
        await tx.deleteFrom('entries_before').where('source_id', '=', source).where('ref', 'in', part).execute()
      }
      return refs.length
    })
    if (deleted < ROWS_PER_DELETE) return
  }
}
