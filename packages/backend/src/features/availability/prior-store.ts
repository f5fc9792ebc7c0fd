import { encodePrior, type ProfilePrior } from '@kickstand/domain'
import { chunks } from '#db/chunks.ts'
import type { Db, Tx } from '#db/schema.ts'

/** A learned prior. */
export type LearnedPrior = {
  readonly place: number
  readonly zones: number
  /** Cutoff of the checkpoints that it was learned from, epoch milliseconds. */
  readonly cutAt: number
  readonly prior: ProfilePrior
}

/** The numbers and cutoffs of the active priors, by place. */
export async function readActivePriors(
  db: Db | Tx,
): Promise<Map<number, { readonly number: number; readonly cutAt: number }>> {
  const rows = await db.selectFrom('priors').select(['number', 'place', 'cut_at']).orderBy('number').execute()
  return new Map(rows.map(({ number, place, cut_at }) => [Number(place), { number, cutAt: Number(cut_at) }]))
}

/** Stores priors under the next numbers. Returns these. */
export async function insertPriors(tx: Tx, priors: readonly LearnedPrior[]): Promise<number[]> {
  const last = await tx
    .selectFrom('priors')
    .select(({ fn }) => fn.max('number').as('number'))
    .executeTakeFirst()
  const first = Number(last?.number ?? 0) + 1
  const rows = priors.map(({ place, zones, cutAt, prior }, i) => {
    return { number: first + i, place, zones, cut_at: cutAt, prior: Buffer.from(encodePrior(prior)) }
  })
  for (const run of chunks(rows)) await tx.insertInto('priors').values(run).execute()
  return rows.map(({ number }) => number)
}

/** Deletes older priors that no checkpoint uses; `active` are the ones that were active until now. */
export async function deleteUnusedPriors(tx: Tx, active: readonly number[], before: number): Promise<void> {
  if (active.length === 0) return
  await tx
    .deleteFrom('priors')
    .where('cut_at', '<', before)
    .where('number', 'not in', active)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('estimates').select('zone_id').whereRef('estimates.prior', '=', 'priors.number'))),
    )
    .execute()
}
