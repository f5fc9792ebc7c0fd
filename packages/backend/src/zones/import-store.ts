import type { SourceInfo } from '@kickstand/domain'
import type { DbReader, Tx } from '#db/schema.ts'
import { factColumns, type ImportRow, newZone, newZoneSource } from './import-rows.ts'

const ROWS_PER_STATEMENT = 200

/** What the database has of a source's zone. */
export type KnownRow = { readonly ref: string; readonly fingerprint: string; readonly missing: boolean }

/** The rows of the source under these references. */
export async function findKnown(
  db: DbReader,
  sourceId: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, KnownRow>> {
  const rows = await db
    .selectFrom('zone_sources')
    .select(['ref', 'fingerprint', 'missing_since'])
    .where('source_id', '=', sourceId)
    .where('ref', 'in', refs)
    .execute()
  return new Map(
    rows.map(({ ref, fingerprint, missing_since }) => [ref, { ref, fingerprint, missing: missing_since !== null }]),
  )
}

/** Makes the source's row where there is none, so that its zones have somebody to belong to from the first batch on. */
export async function ensureSource(tx: Tx, source: SourceInfo): Promise<void> {
  const known = await tx.selectFrom('sources').select('id').where('id', '=', source.id).executeTakeFirst()
  if (known !== undefined) return
  await tx
    .insertInto('sources')
    .values({ id: source.id, ...sourceColumns(source), zones: 0, spaces: 0, imported_at: null })
    .execute()
}

function sourceColumns(source: SourceInfo) {
  return {
    name: source.name,
    licence: source.licence,
    licence_url: source.licenceUrl,
    attribution: source.attribution,
    url: source.url,
    simulated: Number(source.simulated),
  }
}

/** Counts what the source has on the map now and notes when it was read. */
export async function finishSource(tx: Tx, source: SourceInfo, importedAt: number | null): Promise<void> {
  const counted = await tx
    .selectFrom('zone_sources')
    .innerJoin('zones', 'zones.id', 'zone_sources.zone_id')
    .select(({ fn }) => [
      fn.countAll<number | string>().as('zones'),
      fn.sum<number | string | null>('capacity').as('spaces'),
    ])
    .where('zone_sources.source_id', '=', source.id)
    .where('zones.status', '!=', 'retired')
    .executeTakeFirst()
  await tx
    .updateTable('sources')
    .set({
      ...sourceColumns(source),
      zones: Number(counted?.zones ?? 0),
      spaces: Number(counted?.spaces ?? 0),
      ...(importedAt === null ? {} : { imported_at: importedAt }),
    })
    .where('id', '=', source.id)
    .execute()
}

export async function insertZones(tx: Tx, sourceId: string, rows: readonly ImportRow[], now: number): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const part = rows.slice(from, from + ROWS_PER_STATEMENT)
    await tx
      .insertInto('zones')
      .values(part.map((row) => newZone(row, now)))
      .execute()
    await tx
      .insertInto('zone_sources')
      .values(part.map((row) => newZoneSource(sourceId, row, now)))
      .execute()
  }
}

/** Writes new facts over a zone, which is on the map again if it was not. */
export async function updateZone(tx: Tx, sourceId: string, row: ImportRow, now: number): Promise<void> {
  await tx
    .updateTable('zones')
    .set(factColumns(row.facts, 'active', now))
    .where('id', '=', row.zoneId)
    .execute()
  await tx
    .updateTable('zone_sources')
    .set({ fingerprint: row.fingerprint, seen_at: now, missing_since: null })
    .where('source_id', '=', sourceId)
    .where('ref', '=', row.ref)
    .execute()
}

/** A zone of a source as the search for absent ones sees it. */
export type StandingRow = {
  readonly ref: string
  readonly zoneId: string
  readonly status: string
  readonly lat: number
  readonly lng: number
}

/** The next zones of the source after a reference, in the order of references. */
export async function standingAfter(
  db: DbReader,
  sourceId: string,
  after: string,
  limit: number,
): Promise<StandingRow[]> {
  return db
    .selectFrom('zone_sources')
    .innerJoin('zones', 'zones.id', 'zone_sources.zone_id')
    .select(['zone_sources.ref', 'zones.id as zoneId', 'zones.status', 'zones.lat', 'zones.lng'])
    .where('zone_sources.source_id', '=', sourceId)
    .where('zone_sources.ref', '>', after)
    .orderBy('zone_sources.ref')
    .limit(limit)
    .execute()
}

/** Notes that the newest snapshot does not have these zones; `retired` takes them off the map as well. */
export async function markAbsent(
  tx: Tx,
  sourceId: string,
  rows: readonly StandingRow[],
  status: 'missing' | 'retired',
  now: number,
): Promise<void> {
  await tx
    .updateTable('zones')
    .set({ status, updated_at: now })
    .where(
      'id',
      'in',
      rows.map((row) => row.zoneId),
    )
    .execute()
  if (status === 'retired') return
  await tx
    .updateTable('zone_sources')
    .set({ missing_since: now })
    .where('source_id', '=', sourceId)
    .where(
      'ref',
      'in',
      rows.map((row) => row.ref),
    )
    .execute()
}
