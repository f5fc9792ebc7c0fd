import type { NextCheckpoint } from '#read-model/estimate-types.ts'
import type { Engine } from '#db/engine.ts'
import { chunks } from '#db/chunks.ts'
import type { Db, DbReader, Tx } from '#db/schema.ts'

/** Row ids: the cutoff of the checkpoints, and that of the checkpoints that priors were last learned from. */
export const CHECKPOINT_CUT = 1
export const PRIORS_CUT = 2

/** A cutoff in epoch milliseconds, 0 for none. */
export async function readCut(db: Db, id: typeof CHECKPOINT_CUT | typeof PRIORS_CUT): Promise<number> {
  const row = await db.selectFrom('estimate_cuts').select('cut_at').where('id', '=', id).executeTakeFirst()
  return row?.cut_at ?? 0
}

/** The time up to which all observations are in checkpoints and priors; 0 where there are none. */
export async function checkpointedUpTo(db: DbReader): Promise<number> {
  const row = await db.selectFrom('estimate_cuts').select('cut_at').orderBy('cut_at').limit(1).executeTakeFirst()
  return row?.cut_at ?? 0
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

export async function deleteEstimatesOfZones(tx: Tx, zoneIds: readonly string[]): Promise<void> {
  for (const run of chunks(zoneIds)) {
    await tx.deleteFrom('estimates').where('zone_id', 'in', run).execute()
    await tx.deleteFrom('scores').where('zone_id', 'in', run).execute()
  }
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
