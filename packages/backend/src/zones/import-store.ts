import { sql } from 'kysely'
import { changedFields, type SourceInfo, type ZoneFacts } from '@kickstand/domain'
import { chunks } from '#db/chunks.ts'
import type { DbReader, SourceRow, Tx } from '#db/schema.ts'
import { namesByRef, readEntryNames } from './entry-name-store.ts'
import { entryColumns, type ImportRow } from './import-rows.ts'
import { decodeFacts, decodeSinceOf } from './stored-facts.ts'

const COUNTED_AT_ONCE = 20_000

/** What the database has of a source's zone. */
export type KnownRow = {
  /** The reference that it was first known by. */
  readonly entry: string
  readonly zoneId: string
  readonly fingerprint: string
  readonly missing: boolean
  readonly lat: number | null
  readonly lng: number | null
}

/** The rows of the source that it calls so now, by these names. */
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

/** Whether the source has anything yet. */
export async function hasEntries(db: DbReader, sourceId: string): Promise<boolean> {
  const row = await db
    .selectFrom('zone_sources')
    .select('ref')
    .where('source_id', '=', sourceId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Of these references, those that entries of the source were first known by, whatever they are called now. */
export async function takenRefs(db: DbReader, sourceId: string, refs: readonly string[]): Promise<Set<string>> {
  return new Set((await zoneIdsOf(db, sourceId, refs)).keys())
}

/** How far the source's row says that it is believed, as text to compare; null where there is no row. */
async function standingOfSource(db: DbReader, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('sources')
    .select(['trust', 'field_trust', 'match_distance'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : standingText(row)
}

function standingText(row: { trust: string; field_trust: string | null; match_distance: number | null }): string {
  return `${row.trust} ${row.field_trust ?? ''} ${row.match_distance ?? ''}`
}

/**
 * Makes the source's row where there is none, so that its zones have somebody to belong to from the first batch on, and notes how far
 * it is believed now.
 */
export async function ensureSource(tx: Tx, source: SourceInfo): Promise<void> {
  const columns = sourceColumns(source)
  const standing = await standingOfSource(tx, source.id)
  if (standing === standingText(columns)) return
  if (standing !== null) await tx.updateTable('sources').set(columns).where('id', '=', source.id).execute()
  else {
    await tx
      .insertInto('sources')
      .values({ id: source.id, ...columns, zones: 0, spaces: 0, imported_at: null })
      .execute()
  }
}

/** Whether the source's zones must be looked at again although nothing is new in them: it is believed otherwise than before. */
export async function isBelievedOtherwise(db: DbReader, source: SourceInfo): Promise<boolean> {
  const standing = await standingOfSource(db, source.id)
  return standing !== null && standing !== standingText(sourceColumns(source))
}

function sourceColumns(source: SourceInfo) {
  return {
    name: source.name,
    licence: source.licence,
    licence_url: source.licenceUrl,
    attribution: source.attribution,
    url: source.url,
    simulated: Number(source.simulated),
    trust: source.trust ?? 'community',
    field_trust: source.fieldTrust === undefined ? null : JSON.stringify(source.fieldTrust),
    match_distance: source.matchDistance ?? null,
  }
}

/** Which zones the newest snapshots lacked that were not believed, as a fingerprint, and how many newer ones in a row did. */
export type Doubt = { readonly print: string | null; readonly count: number }

export async function readDoubt(db: DbReader, id: string): Promise<Doubt> {
  const row = await db.selectFrom('sources').select(['doubt_print', 'doubted']).where('id', '=', id).executeTakeFirst()
  return { print: row?.doubt_print ?? null, count: row?.doubted ?? 0 }
}

/** Zones and spaces that a source has on the map. */
export type Standing = { readonly zones: number; readonly spaces: number }

/**
 * Counts what a source has on the map, a page at a time: a large source would take longer than one statement may, and keep
 * reports waiting for it.
 */
export async function countStanding(db: DbReader, sourceId: string): Promise<Standing> {
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
          .limit(COUNTED_AT_ONCE)
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

/** Writes down what the source has on the map and when it was read. */
export async function finishSource(
  tx: Tx,
  source: SourceInfo,
  standing: Standing,
  importedAt: number | null,
  doubt: Doubt,
): Promise<void> {
  const told = importedAt === null ? {} : { imported_at: importedAt }
  await tx
    .updateTable('sources')
    .set({ ...sourceColumns(source), ...standing, ...told, doubt_print: doubt.print, doubted: doubt.count })
    .where('id', '=', source.id)
    .execute()
}

/** When an entry is written, and the date stated in its file (null where there is none). Epoch milliseconds. */
export type WrittenAt = { readonly now: number; readonly documentDate: number | null }

/** The same where nothing else of the source is news. */
export async function putStanding(tx: Tx, sourceId: string, standing: Standing): Promise<void> {
  await tx.updateTable('sources').set(standing).where('id', '=', sourceId).execute()
}

export async function sourceIds(db: DbReader): Promise<string[]> {
  const rows = await db.selectFrom('sources').select('id').where('simulated', '=', 0).orderBy('id').execute()
  return rows.map(({ id }) => id)
}

export async function readSourceRow(
  db: DbReader,
  id: string,
): Promise<Pick<SourceRow, 'name' | 'simulated' | 'trust'> | undefined> {
  return db.selectFrom('sources').select(['name', 'simulated', 'trust']).where('id', '=', id).executeTakeFirst()
}

/** Where the source says now that these entries are. */
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

/** Writes down what the source says now, and of each field since when. */
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

/** The zones that the source's entries are in. */
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

/** Names of zones, and the zones that they were merged into. */
export async function readZoneNames(
  db: DbReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly name: string | null; readonly mergedInto: string | null }>> {
  const found = new Map<string, { name: string | null; mergedInto: string | null }>()
  for (const part of chunks(ids)) {
    const rows = await db.selectFrom('zones').select(['id', 'name', 'merged_into']).where('id', 'in', part).execute()
    for (const row of rows) found.set(row.id, { name: row.name, mergedInto: row.merged_into })
  }
  return found
}

/** A zone of a source as the search for absent ones sees it. */
export type StandingRow = {
  readonly ref: string
  /** What the source calls it now. */
  readonly name: string
  readonly zoneId: string
  readonly status: string
  readonly lat: number | null
  readonly lng: number | null
}

/** The next zones of the source after a reference, in the order of references. */
export async function standingAfter(
  db: DbReader,
  sourceId: string,
  after: string,
  limit: number,
): Promise<StandingRow[]> {
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

/** What the source says of these entries. */
export async function readContributions(
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

/** Notes that the newest snapshot does not have these places; `retired`: nor had the one before. */
export async function markAbsent(
  tx: Tx,
  sourceId: string,
  rows: readonly Pick<StandingRow, 'ref'>[],
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
