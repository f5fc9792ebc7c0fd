import { chunks } from '#db/chunks.ts'
import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { ReportsTable } from './tables.ts'
import type { Lookup, RowInsert } from '#db/row-inserts.ts'

const REPORT_COLUMNS = [
  'id',
  'zone_id',
  'rider_id',
  'kind',
  'count',
  'level',
  'problem',
  'observed_at',
  'received_at',
  'distance',
  'accuracy',
  'over_capacity',
  'effect',
  'event_order',
  'outlier_probability',
  'network',
  'trusted',
  'retracted_at',
  'idempotency',
  'payload_hash',
] as const satisfies readonly (keyof ReportsTable)[]

export function rowsOfReports(reports: readonly ReportsTable[]): RowInsert {
  const rows = reports.map((report) => REPORT_COLUMNS.map((column) => report[column]))
  return { table: 'reports', columns: REPORT_COLUMNS, rows, ignoresDuplicates: false }
}

/** Looks up reports by idempotency key. */
export function underKeys(keys: readonly string[]): Lookup<'reports'> {
  return { table: 'reports', column: 'idempotency', keys }
}

/** The report stored under an idempotency key. */
export async function findStored(db: Db, key: string): Promise<ReportsTable | undefined> {
  return db.selectFrom('reports').selectAll().where('idempotency', '=', key).executeTakeFirst()
}

export async function findReport(db: Db | Tx, id: string): Promise<ReportsTable | undefined> {
  return db.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function markRetracted(tx: Tx, id: string, now: number): Promise<void> {
  await tx.updateTable('reports').set({ retracted_at: now }).where('id', '=', id).execute()
}

export async function findReportsOf(
  db: Db | Tx,
  column: 'rider_id' | 'network',
  id: string,
): Promise<{ id: string; zone_id: string }[]> {
  return db
    .selectFrom('reports')
    .select(['id', 'zone_id'])
    .where(column, '=', id)
    .where('retracted_at', 'is', null)
    .orderBy('id')
    .execute()
}

export async function markAllRetracted(tx: Tx, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('reports')
    .set({ retracted_at: now })
    .where('id', 'in', [...ids])
    .where('retracted_at', 'is', null)
    .execute()
}

/** A page of a zone's reports, newest first, without retracted ones. */
export async function listForZone(
  db: Db,
  zoneId: string,
  before: { observedAt: number; id: string } | null,
  limit: number,
): Promise<ReportsTable[]> {
  let query = db.selectFrom('reports').selectAll().where('zone_id', '=', zoneId).where('retracted_at', 'is', null)
  if (before !== null) {
    query = query.where(({ and, eb, or }) =>
      or([
        eb('observed_at', '<', before.observedAt),
        and([eb('observed_at', '=', before.observedAt), eb('id', '<', before.id)]),
      ]),
    )
  }
  return query.orderBy('observed_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** A zone's reports observed between two times, newest first, without retracted ones. */
export async function listBetween(
  db: Db,
  zoneId: string,
  from: number,
  to: number,
  limit: number,
): Promise<ReportsTable[]> {
  return db
    .selectFrom('reports')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('retracted_at', 'is', null)
    .where('observed_at', '>=', from)
    .where('observed_at', '<=', to)
    .orderBy('observed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** What a rider reported of how full a zone is. */
export type FullnessReport = Pick<
  ReportsTable,
  'zone_id' | 'rider_id' | 'count' | 'level' | 'observed_at' | 'outlier_probability'
>

/** Counts and levels at these zones between two times, of each zone in order of time, without retracted ones. */
export async function readFullness(
  db: DbReader,
  zoneIds: readonly string[],
  from: number,
  to: number,
): Promise<FullnessReport[]> {
  const found: FullnessReport[] = []
  for (const run of chunks(zoneIds)) {
    const rows = await db
      .selectFrom('reports')
      .select(['zone_id', 'rider_id', 'count', 'level', 'observed_at', 'outlier_probability'])
      .where('zone_id', 'in', run)
      .where('observed_at', '>=', from)
      .where('observed_at', '<=', to)
      .where('effect', '=', 'estimate')
      .where('kind', 'in', ['count', 'level'])
      .where('retracted_at', 'is', null)
      .orderBy('observed_at')
      .orderBy('id')
      .execute()
    found.push(...rows)
  }
  return found
}

/** Time of the newest report on a zone, by this rider or by any. */
export async function lastReportAt(db: DbReader, zoneId: string, riderId?: string): Promise<number | null> {
  let query = db
    .selectFrom('reports')
    .select(({ fn }) => fn.max('observed_at').as('at'))
    .where('zone_id', '=', zoneId)
    .where('retracted_at', 'is', null)
    .where('effect', '!=', 'none')
  if (riderId !== undefined) query = query.where('rider_id', '=', riderId)
  const at = (await query.executeTakeFirst())?.at ?? null
  return at === null ? null : Number(at)
}

/** The newest event order, 0 if there are no reports. */
export async function readNewestOrder(db: Db): Promise<number> {
  const row = await db
    .selectFrom('reports')
    .select('event_order')
    .orderBy('event_order', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.event_order ?? 0
}
