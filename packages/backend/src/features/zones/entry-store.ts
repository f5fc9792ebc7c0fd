import { sql } from 'kysely'
import { changedFields, type ZoneFacts } from '@kickstand/domain'
import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import { namesByRef, readEntryNames } from './entry-name-store.ts'
import { entryColumns, type ImportRow } from './import-rows.ts'
import type { SourceTotals } from './source-store.ts'
import { decodeFacts, decodeSinceOf } from './stored-facts.ts'

const ROWS_PER_COUNT = 20_000

/** The stored entry of a source's row. */
export type KnownRow = {
  /** The permanent reference. */
  readonly entry: string
  readonly zoneId: string
  readonly fingerprint: string
  readonly missing: boolean
  readonly lat: number | null
  readonly lng: number | null
}

/** The stored entries by current references. */
export async function findKnown(
  db: DbReader,
  sourceId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, KnownRow>> {
  const nameOf = await namesByRef(db, sourceId, names)
  const found = new Map<string, KnownRow>()
  for (const part of chunks([...nameOf.keys()])) {
    const rows = await db
      .selectFrom('zone_sources')
      .select(['ref as entry', 'zone_id as zoneId', 'fingerprint', 'missing_since', 'lat', 'lng'])
      .where('source_id', '=', sourceId)
      .where('ref', 'in', part)
      .execute()
    for (const { missing_since, ...row } of rows) {
      found.set(nameOf.get(row.entry) ?? row.entry, { ...row, missing: missing_since !== null })
    }
  }
  return found
}

/** Whether the source has any entries. */
export async function hasEntries(db: DbReader, sourceId: string): Promise<boolean> {
  const row = await db
    .selectFrom('zone_sources')
    .select('ref')
    .where('source_id', '=', sourceId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Those of these references that are the permanent reference of an entry. */
export async function takenRefs(db: DbReader, sourceId: string, refs: readonly string[]): Promise<Set<string>> {
  return new Set((await zoneIdsOf(db, sourceId, refs)).keys())
}

/**
 * Counts a source's zones and spaces in pages: for a large source, one statement would exceed its time limit and block
 * reports.
 */
export async function countTotals(db: DbReader, sourceId: string): Promise<SourceTotals> {
  let [zones, spaces] = [0, 0]
  for (let after = ''; ;) {
    const page = await db
      .selectFrom((from) =>
        from
          .selectFrom('zone_sources')
          .select(['ref', 'status', 'capacity'])
          .where('source_id', '=', sourceId)
          .where('ref', '>', after)
          .orderBy('ref')
          .limit(ROWS_PER_COUNT)
          .as('page'),
      )
      .select(({ fn }) => [
        fn.max('ref').as('last'),
        fn.sum<number | string | null>(sql`case when status <> 'retired' then 1 else 0 end`).as('zones'),
        fn.sum<number | string | null>(sql`case when status <> 'retired' then capacity end`).as('spaces'),
      ])
      .executeTakeFirstOrThrow()
    if (page.last === null) return { zones, spaces }
    zones += Number(page.zones ?? 0)
    spaces += Number(page.spaces ?? 0)
    after = page.last
  }
}

/** Number of a source's entries and their spaces in its newest snapshot. */
export async function countActiveEntries(db: DbReader, sourceId: string): Promise<SourceTotals> {
  const { zones, spaces } = await db
    .selectFrom('zone_sources')
    .select(({ fn }) => [fn.countAll<number>().as('zones'), fn.sum<number | string | null>('capacity').as('spaces')])
    .where('source_id', '=', sourceId)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow()
  return { zones, spaces: Number(spaces ?? 0) }
}

/** Number of entries by source, those of interrupted imports included. */
export async function countEntriesOfSources(db: DbReader): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('zone_sources')
    .select(({ fn }) => ['source_id', fn.countAll().as('zones')])
    .groupBy('source_id')
    .execute()
  return new Map(rows.map((row) => [row.source_id, Number(row.zones)]))
}

/** When an entry is written, and the date stated in its file (null where there is none). Epoch milliseconds. */
export type WrittenAt = { readonly now: number; readonly documentDate: number | null }

/** The current positions of these entries. */
export async function placesOf(
  db: DbReader,
  sourceId: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, { readonly lat: number; readonly lng: number }>> {
  const found = new Map<string, { lat: number; lng: number }>()
  for (const part of chunks(refs)) {
    const rows = await db
      .selectFrom('zone_sources')
      .select(['ref', 'lat', 'lng'])
      .where('source_id', '=', sourceId)
      .where('ref', 'in', part)
      .execute()
    for (const { ref, lat, lng } of rows) if (lat !== null && lng !== null) found.set(ref, { lat, lng })
  }
  return found
}

/** Inserts entries that the source does not have yet. */
export async function insertEntries(
  tx: Tx,
  sourceId: string,
  rows: readonly ImportRow[],
  { now, documentDate }: WrittenAt,
): Promise<void> {
  for (const part of chunks(rows)) {
    await tx
      .insertInto('zone_sources')
      .values(
        part.map((row) => ({
          source_id: sourceId,
          ref: row.entry,
          zone_id: row.zoneId,
          ...entryColumns(row, now),
          field_changed_at: null,
          first_seen_at: now,
          first_document_date: documentDate,
        })),
      )
      .execute()
  }
}

/** Stores the new facts of an entry, and since when each changed field is as it is. */
export async function updateEntry(
  tx: Tx,
  sourceId: string,
  row: ImportRow,
  { now, documentDate }: WrittenAt,
): Promise<void> {
  const before = await tx
    .selectFrom('zone_sources')
    .select(['facts', 'field_changed_at'])
    .where('source_id', '=', sourceId)
    .where('ref', '=', row.entry)
    .executeTakeFirst()
  const since: Record<string, number> = { ...decodeSinceOf(before?.field_changed_at ?? null) }
  for (const field of changedFields(decodeFacts(before?.facts ?? null), row.facts)) since[field] = documentDate ?? now
  await tx
    .updateTable('zone_sources')
    .set({ ...entryColumns(row, now), field_changed_at: JSON.stringify(since) })
    .where('source_id', '=', sourceId)
    .where('ref', '=', row.entry)
    .execute()
}

/** The zones of these entries. */
export async function zoneIdsOf(
  db: DbReader,
  sourceId: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const part of chunks(refs)) {
    const rows = await db
      .selectFrom('zone_sources')
      .select(['ref', 'zone_id'])
      .where('source_id', '=', sourceId)
      .where('ref', 'in', part)
      .execute()
    for (const row of rows) found.set(row.ref, row.zone_id)
  }
  return found
}

/** An entry of a source, for the search for absent ones. */
export type ListedEntry = {
  readonly ref: string
  /** The current reference. */
  readonly name: string
  readonly zoneId: string
  readonly status: string
  readonly lat: number | null
  readonly lng: number | null
}

/** The next entries of the source, ordered by permanent reference. */
export async function entriesAfter(
  db: DbReader,
  sourceId: string,
  after: string,
  limit: number,
): Promise<ListedEntry[]> {
  const rows = await db
    .selectFrom('zone_sources')
    .select(['ref', 'zone_id as zoneId', 'status', 'lat', 'lng'])
    .where('source_id', '=', sourceId)
    .where('ref', '>', after)
    .orderBy('ref')
    .limit(limit)
    .execute()
  const refs = rows.map(({ ref }) => ref)
  const names = new Map((await readEntryNames(db, sourceId, 'ref', refs)).map(({ ref, name }) => [ref, name]))
  return rows.map((row) => ({ ...row, name: names.get(row.ref) ?? row.ref }))
}

/** The stored facts of these entries. */
export async function readEntryFacts(
  db: DbReader,
  sourceId: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, Partial<ZoneFacts>>> {
  const found = new Map<string, Partial<ZoneFacts>>()
  for (const part of chunks(refs)) {
    const rows = await db
      .selectFrom('zone_sources')
      .select(['ref', 'facts'])
      .where('source_id', '=', sourceId)
      .where('ref', 'in', part)
      .execute()
    for (const { ref, facts } of rows) found.set(ref, decodeFacts(facts))
  }
  return found
}

/** Marks entries as absent from the newest snapshot; `retired`: absent from the one before too. */
export async function markAbsent(
  tx: Tx,
  sourceId: string,
  rows: readonly Pick<ListedEntry, 'ref'>[],
  status: 'missing' | 'retired',
  now: number,
): Promise<void> {
  await tx
    .updateTable('zone_sources')
    .set(({ fn, val }) => ({
      status,
      missing_since: status === 'missing' ? now : fn.coalesce('missing_since', val(now)),
    }))
    .where('source_id', '=', sourceId)
    .where(
      'ref',
      'in',
      rows.map((row) => row.ref),
    )
    .execute()
}
