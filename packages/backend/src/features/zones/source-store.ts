import type { SourceInfo } from '@kickstand/domain'
import type { DbReader, Tx } from '#db/schema.ts'
import type { SourceRow } from './tables.ts'

/** The stored trust and match distance of a source, as text to compare; null where there is no row. */
async function storedSettings(db: DbReader, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('sources')
    .select(['trust', 'field_trust', 'match_distance'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : settingsText(row)
}

function settingsText(row: { trust: string; field_trust: string | null; match_distance: number | null }): string {
  return `${row.trust} ${row.field_trust ?? ''} ${row.match_distance ?? ''}`
}

/** Inserts the source's row, before its first batch, or updates it where its trust or match distance changed. */
export async function ensureSource(tx: Tx, source: SourceInfo): Promise<void> {
  const columns = sourceColumns(source)
  const stored = await storedSettings(tx, source.id)
  if (stored === settingsText(columns)) return
  if (stored !== null) await tx.updateTable('sources').set(columns).where('id', '=', source.id).execute()
  else {
    await tx
      .insertInto('sources')
      .values({ id: source.id, ...columns, zones: 0, spaces: 0, imported_at: null })
      .execute()
  }
}

/** Whether the trust or match distance of a source changed, so that all its zones must be merged again. */
export async function hasTrustChanged(db: DbReader, source: SourceInfo): Promise<boolean> {
  const stored = await storedSettings(db, source.id)
  return stored !== null && stored !== settingsText(sourceColumns(source))
}

/** How the stored source and that of an import differ. `totals`: the stored ones; null where the source is new. */
export type SourceComparison = {
  readonly totals: SourceTotals | null
  readonly differs: boolean
  /** The settings that differ. */
  readonly settings: { readonly before: Settings; readonly after: Settings }
}

type Settings = Readonly<Record<string, unknown>>

/** Compares the settings of a source with the stored ones. A source that is not stored differs. */
export async function compareSource(db: DbReader, source: SourceInfo): Promise<SourceComparison> {
  const stored = await db.selectFrom('sources').selectAll().where('id', '=', source.id).executeTakeFirst()
  const after = settingsOf(sourceColumns(source))
  if (stored === undefined) return { totals: null, differs: true, settings: { before: {}, after } }
  const before = settingsOf(stored)
  const names = Object.keys(after).filter((name) => before[name] !== after[name])
  const pick = (settings: Settings): Settings => Object.fromEntries(names.map((name) => [name, settings[name]]))
  return {
    totals: { zones: stored.zones, spaces: stored.spaces },
    differs: names.length > 0,
    settings: { before: pick(before), after: pick(after) },
  }
}

function settingsOf(row: Omit<ReturnType<typeof sourceColumns>, 'trust'> & { trust: string }): Settings {
  return {
    name: row.name,
    licence: row.licence,
    licenceUrl: row.licence_url,
    attribution: row.attribution,
    url: row.url,
    trust: row.trust,
    fieldTrust: row.field_trust,
    matchDistance: row.match_distance,
  }
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

/**
 * The doubtful snapshots of a source: a fingerprint of the entries that they lack, and how many in a row lacked the
 * same.
 */
export type Doubt = { readonly print: string | null; readonly count: number }

export async function readDoubt(db: DbReader, id: string): Promise<Doubt> {
  const row = await db.selectFrom('sources').select(['doubt_print', 'doubted']).where('id', '=', id).executeTakeFirst()
  return { print: row?.doubt_print ?? null, count: row?.doubted ?? 0 }
}

/** The zones and spaces of a source on the map. */
export type SourceTotals = { readonly zones: number; readonly spaces: number }

/** Stores the totals of a source and when it was imported. */
export async function finishSource(
  tx: Tx,
  source: SourceInfo,
  totals: SourceTotals,
  importedAt: number | null,
  doubt: Doubt,
): Promise<void> {
  const imported = importedAt === null ? {} : { imported_at: importedAt }
  await tx
    .updateTable('sources')
    .set({ ...sourceColumns(source), ...totals, ...imported, doubt_print: doubt.print, doubted: doubt.count })
    .where('id', '=', source.id)
    .execute()
}

/** Stores the totals only. */
export async function putTotals(tx: Tx, sourceId: string, totals: SourceTotals): Promise<void> {
  await tx.updateTable('sources').set(totals).where('id', '=', sourceId).execute()
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
