import { createTrust, isConfirmed, recordEvidence, type RiderHistory } from '@kickstand/domain'
import { sql } from 'kysely'
import type { Judgement } from '#read-model/apply-observation.ts'
import { chunks } from '#db/chunks.ts'
import type { Engine } from '#db/engine.ts'
import type { RowInsert } from '#db/row-inserts.ts'
import type { DbReader, Row, Tx } from '#db/schema.ts'
import type { RidersTable } from './tables.ts'

/** Inserts riders; existing ones are left unchanged. */
export function rowsOfRiders(ids: readonly string[], now: number): RowInsert {
  return { table: 'riders', columns: ['id', 'created_at'], rows: ids.map((id) => [id, now]), ignoresDuplicates: true }
}

/** Inserts riders whose reports were imported; existing ones are left unchanged. */
export async function insertRiders(
  tx: Tx,
  engine: Engine,
  riders: readonly Pick<RidersTable, 'id' | 'created_at'>[],
): Promise<void> {
  for (const run of chunks(riders)) await engine.ignoringDuplicates(tx.insertInto('riders').values(run)).execute()
}

/**
 * Deletes the records of riders.
 * @returns the number of records that were deleted
 */
export async function deleteRiders(tx: Tx, ids: readonly string[]): Promise<number> {
  let deleted = 0
  for (const run of chunks(ids)) {
    const done = await tx.deleteFrom('riders').where('id', 'in', run).executeTakeFirst()
    deleted += Number(done.numDeletedRows)
  }
  return deleted
}

/** The row of a rider; undefined if they never reported. */
export async function readRider(db: DbReader, riderId: string): Promise<Row<'riders'> | undefined> {
  return db.selectFrom('riders').selectAll().where('id', '=', riderId).executeTakeFirst()
}

/** Reads rider ids that are greater than `after`, in order. */
export async function riderIdsAfter(db: DbReader, after: string, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('riders').select('id').where('id', '>', after).orderBy('id').limit(limit).execute()
  return rows.map(({ id }) => id)
}

/** The record of a rider; null if they never reported. */
export async function readHistory(db: DbReader, riderId: string): Promise<RiderHistory | null> {
  const row = await readRider(db, riderId)
  if (row === undefined) return null
  const { created_at, record_days, trust_honest, trust_outlier } = row
  return { firstSeenAt: created_at, confirmedDays: record_days, honest: trust_honest, outlier: trust_outlier }
}

/** Resets the records of riders whose contributions were undone. */
export async function clearRecords(tx: Tx, riderIds: readonly string[], now: number): Promise<void> {
  if (riderIds.length === 0) return
  const today = Math.floor(now / 86_400_000)
  await tx
    .updateTable('riders')
    .set({ record_days: 0, record_day: today })
    .where('id', 'in', [...riderIds])
    .execute()
}

/** Adds judgements to the records of riders. Each update is atomic, because several servers write at the same time. */
export async function updateRiderTrust(tx: Tx, judgements: readonly Judgement[]): Promise<void> {
  // Two rows each: the sums to add, and the factor by which the stored sums decay.
  const rows = new Map<string, number>()
  const sums = createTrust(2 * judgements.length)
  const confirmed = new Map<string, Set<number>>()
  for (const { reporter, honest, known, day } of judgements) {
    if (isConfirmed({ honest, known })) confirmed.set(reporter, (confirmed.get(reporter) ?? new Set()).add(day))
    const row = rows.get(reporter) ?? 2 * rows.size
    if (!rows.has(reporter)) sums.honest[row + 1] = 1
    rows.set(reporter, row)
    recordEvidence(sums, row, honest, known)
    recordEvidence(sums, row + 1, 0, 0)
  }
  // In key order, to avoid deadlocks.
  for (const [id, row] of [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const fade = sums.honest[row + 1]
    await tx
      .updateTable('riders')
      .set({
        trust_honest: sql<number>`trust_honest * ${fade} + ${sums.honest[row]}`,
        trust_outlier: sql<number>`trust_outlier * ${fade} + ${sums.outlier[row]}`,
      })
      .where('id', '=', id)
      .execute()
    for (const day of [...(confirmed.get(id) ?? [])].toSorted((a, b) => a - b)) await countDay(tx, id, day)
  }
}

/** Counts a day on which a report of a rider was confirmed, once. */
async function countDay(tx: Tx, id: string, day: number): Promise<void> {
  await tx
    .updateTable('riders')
    .set({ record_days: sql<number>`record_days + 1`, record_day: day })
    .where('id', '=', id)
    .where('record_day', '<', day)
    .execute()
}
