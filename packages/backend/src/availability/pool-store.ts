import { encodePrior, type ProfilePrior } from '@kickstand/domain'
import { inRuns } from '#db/in-runs.ts'
import type { Db, Tx } from '#db/schema.ts'

/** A pool as it was learned. */
export type LearnedPool = {
  readonly place: number
  readonly zones: number
  /** Epoch milliseconds of the checkpoints that it was learned from. */
  readonly cutAt: number
  readonly prior: ProfilePrior
}

/** The numbers of the pools in force and the cuts that they were learned from, by place. */
export async function readInForce(
  db: Db | Tx,
): Promise<Map<number, { readonly number: number; readonly cutAt: number }>> {
  const rows = await db.selectFrom('pools').select(['number', 'place', 'cut_at']).orderBy('number').execute()
  return new Map(rows.map(({ number, place, cut_at }) => [Number(place), { number, cutAt: Number(cut_at) }]))
}

/** Stores pools under the next numbers, and returns those. */
export async function insertPools(tx: Tx, pools: readonly LearnedPool[]): Promise<number[]> {
  const last = await tx
    .selectFrom('pools')
    .select(({ fn }) => fn.max('number').as('number'))
    .executeTakeFirst()
  const first = Number(last?.number ?? 0) + 1
  const rows = pools.map(({ place, zones, cutAt, prior }, i) => {
    return { number: first + i, place, zones, cut_at: cutAt, prior: Buffer.from(encodePrior(prior)) }
  })
  for (const run of inRuns(rows)) await tx.insertInto('pools').values(run).execute()
  return rows.map(({ number }) => number)
}

/** Deletes pools of earlier nights than the last that no checkpoint rests on; `inForce` were in force until now. */
export async function deleteUnused(tx: Tx, inForce: readonly number[], before: number): Promise<void> {
  if (inForce.length === 0) return
  await tx
    .deleteFrom('pools')
    .where('cut_at', '<', before)
    .where('number', 'not in', inForce)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('estimates').select('zone_id').whereRef('estimates.pool', '=', 'pools.number'))),
    )
    .execute()
}
