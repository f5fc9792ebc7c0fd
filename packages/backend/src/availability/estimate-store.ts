import { createTrust, isConfirmed, recordEvidence } from '@kickstand/domain'
import { sql } from 'kysely'
import type { NextCheckpoint } from '#board/estimate-types.ts'
import type { Judgement } from '#board/apply-observation.ts'
import type { Engine } from '#db/engine.ts'
import { chunks } from '#db/chunks.ts'
import type { Db, Tx } from '#db/schema.ts'

/** Row ids: the cutoff of the checkpoints, and that of the checkpoints that priors were last learned from. */
export const CHECKPOINT_CUT = 1
export const PRIORS_CUT = 2

/** A cutoff in epoch milliseconds, 0 for none. */
export async function readCut(db: Db, id: typeof CHECKPOINT_CUT | typeof PRIORS_CUT): Promise<number> {
  const row = await db.selectFrom('estimate_cuts').select('cut_at').where('id', '=', id).executeTakeFirst()
  return row?.cut_at ?? 0
}

/** The newest event order, 0 if there are no reports. */
export async function readNewestReport(db: Db): Promise<number> {
  const row = await db
    .selectFrom('reports')
    .select('event_order')
    .orderBy('event_order', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.event_order ?? 0
}

/** Advances a cutoff. Returns whether it was before `cutAt`. */
export async function advanceCut(
  tx: Tx,
  engine: Engine,
  id: typeof CHECKPOINT_CUT | typeof PRIORS_CUT,
  cutAt: number,
): Promise<boolean> {
  await engine.ignoringDuplicates(tx.insertInto('estimate_cuts').values({ id, cut_at: 0 })).execute()
  const done = await tx
    .updateTable('estimate_cuts')
    .set({ cut_at: cutAt })
    .where('id', '=', id)
    .where('cut_at', '<', cutAt)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Inserts empty rows for zones that have none. */
export async function insertEmptyEstimates(tx: Tx, engine: Engine, zoneIds: readonly string[]): Promise<void> {
  for (const run of chunks(zoneIds)) {
    const rows = run.map((id) => ({ zone_id: id, cut_at: 0, capacity: null, state: Buffer.alloc(0), prior: 0 }))
    await engine.ignoringDuplicates(tx.insertInto('estimates').values(rows)).execute()
  }
}

/** Replaces a checkpoint by the next. Returns false if another server already did. */
export async function replaceCheckpoint(
  tx: Tx,
  zoneId: string,
  before: number,
  { checkpoint: next, prior }: Pick<NextCheckpoint, 'checkpoint' | 'prior'>,
): Promise<boolean> {
  const done = await tx
    .updateTable('estimates')
    .set({ cut_at: next.cutAt, capacity: next.capacity, state: Buffer.from(next.state), prior })
    .where('zone_id', '=', zoneId)
    .where('cut_at', '=', before)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Adds judgements to the records of riders, in one atomic update each, since servers do so concurrently. */
export async function updateRiderTrust(tx: Tx, judgements: readonly Judgement[]): Promise<void> {
  // Two rows each: the sums to add, and the factor by which the stored record fades.
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
