import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import type { ReportsTable } from './tables.ts'

/**
 * Inserts reports that are not stored yet.
 * @returns the inserted ones
 */
export async function insertNewReports(tx: Tx, reports: readonly ReportsTable[]): Promise<ReportsTable[]> {
  const inserted: ReportsTable[] = []
  for (const run of chunks(reports)) {
    const ids = run.map(({ id }) => id)
    const stored = await tx.selectFrom('reports').select('id').where('id', 'in', ids).execute()
    const known = new Set(stored.map(({ id }) => id))
    const fresh = run.filter(({ id }) => !known.has(id))
    if (fresh.length > 0) await tx.insertInto('reports').values(fresh).execute()
    inserted.push(...fresh)
  }
  return inserted
}

/** Number of the reports of an import. `mark`: their `payload_hash`. */
export async function countMarkedReports(db: DbReader, mark: string): Promise<number> {
  const { reports } = await db
    .selectFrom('reports')
    .select(({ fn }) => fn.countAll<number>().as('reports'))
    .where('payload_hash', '=', mark)
    .executeTakeFirstOrThrow()
  return reports
}

/** The next reports of an import, in order of their ids. */
export async function markedReportsAfter(
  db: DbReader,
  mark: string,
  after: string,
  limit: number,
): Promise<{ id: string; rider_id: string }[]> {
  return db
    .selectFrom('reports')
    .select(['id', 'rider_id'])
    .where('id', '>', after)
    .where('payload_hash', '=', mark)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Where an imported report was made, by whom and when. */
export type ImportedReport = { readonly zoneId: string; readonly riderId: string; readonly observedAt: number }

export async function findImportedReport(db: DbReader, id: string): Promise<ImportedReport | undefined> {
  return db
    .selectFrom('reports')
    .select(['zone_id as zoneId', 'rider_id as riderId', 'observed_at as observedAt'])
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function deleteReports(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const run of chunks(ids)) await tx.deleteFrom('reports').where('id', 'in', run).execute()
}
