import { NO_SCORES, withScore, type Score, type ScoreSums } from '@kickstand/domain'
import { sql } from 'kysely'
import type { Engine } from '#db/engine.ts'
import type { Db, Tx } from '#db/schema.ts'

const DAY = 24 * 60 * 60_000
/** Lead time in minutes: only forecasts for the moment of the report are scored. */
const LEAD_MINUTES = 0

/** Days since the epoch, UTC. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY)
}

/** Adds the scores of a zone's forecasts, in one atomic update per day, since servers do so concurrently. */
export async function addScores(tx: Tx, engine: Engine, zoneId: string, scores: readonly Score[]): Promise<void> {
  const days = Map.groupBy(scores, ({ at }) => dayOf(at))
  for (const [day, those] of [...days].toSorted(([a], [b]) => a - b)) {
    const { chances, brier, shares, crps, covered } = those.reduce(withScore, NO_SCORES)
    const key = { zone_id: zoneId, day, lead: LEAD_MINUTES }
    await engine.ignoringDuplicates(tx.insertInto('scores').values({ ...key, ...NO_SCORES })).execute()
    await tx
      .updateTable('scores')
      .set({
        chances: sql<number>`chances + ${chances}`,
        brier: sql<number>`brier + ${brier}`,
        shares: sql<number>`shares + ${shares}`,
        crps: sql<number>`crps + ${crps}`,
        covered: sql<number>`covered + ${covered}`,
      })
      .where('zone_id', '=', zoneId)
      .where('day', '=', day)
      .where('lead', '=', LEAD_MINUTES)
      .execute()
  }
}

export type ScoreQuery = {
  /** First day, see `dayOf`. */
  readonly from: number
  readonly zoneId: string | null
}

const SUMS = ['chances', 'brier', 'shares', 'crps', 'covered'] as const

/** Sums over the queried days by zone, most reports first, at most `limit`. */
export async function scoresOfZones(
  db: Db,
  query: ScoreQuery,
  limit: number,
): Promise<(ScoreSums & { readonly zoneId: string })[]> {
  const rows = await sums(db, query)
    .select('zone_id')
    .groupBy('zone_id')
    .orderBy(sql`sum(chances)`, 'desc')
    .orderBy('zone_id')
    .limit(limit)
    .execute()
  return rows.map(({ zone_id, ...row }) => ({ zoneId: zone_id, ...asNumbers(row) }))
}

/** Sums of each day, oldest first. */
export async function scoresOfDays(db: Db, query: ScoreQuery): Promise<(ScoreSums & { readonly day: number })[]> {
  const rows = await sums(db, query).select('day').groupBy('day').orderBy('day').execute()
  return rows.map(({ day, ...row }) => ({ day, ...asNumbers(row) }))
}

function sums(db: Db, { from, zoneId }: ScoreQuery) {
  const scores = db.selectFrom('scores').where('day', '>=', from).where('lead', '=', LEAD_MINUTES)
  return (zoneId === null ? scores : scores.where('zone_id', '=', zoneId)).select(({ fn }) =>
    SUMS.map((name) => fn.sum(name).as(name)),
  )
}

/** One engine returns sums as text, the other as any numeric type. */
function asNumbers(row: Readonly<Record<(typeof SUMS)[number], number | string | bigint>>): ScoreSums {
  return {
    chances: Number(row.chances),
    brier: Number(row.brier),
    shares: Number(row.shares),
    crps: Number(row.crps),
    covered: Number(row.covered),
  }
}
