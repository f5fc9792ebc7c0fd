import { NO_SCORES, withScore, type Score } from '@kickstand/domain'
import { updateRiderTrust } from '#features/accounts/rider-records.ts'
import type { EstimateReader, ZoneReader } from '#read-model/board-types.ts'
import type { Tail } from '#read-model/tail.ts'
import type { Judgement } from '#read-model/apply-observation.ts'
import type { Append, EventLog } from '#db/event-log.ts'
import type { Database } from '#db/open-database.ts'
import type { Tx } from '#db/schema.ts'
import type { Metrics } from '#platform/metrics.ts'
import { insertEmptyEstimates, advanceCut, readCut, replaceCheckpoint, CHECKPOINT_CUT } from './estimate-store.ts'
import { addScores } from './score-store.ts'

/** Zones per transaction, so few that reports do not wait for it. */
const ZONES_PER_COMMIT = 64
const MAX_PASSES = 4

export type StoreCheckpointsDeps = {
  readonly database: Database
  readonly eventLog: EventLog
  readonly board: ZoneReader & EstimateReader
  readonly tail: Tail
  readonly metrics: Pick<Metrics, 'observeScores'>
}

/**
 * Stores a checkpoint of every zone with observations up to `cutAt` (epoch milliseconds), from which every server
 * continues. Concurrent servers share the work: each checkpoint is stored once. An interrupted run is continued by the
 * next. Returns whether all zones have their checkpoints.
 */
export async function storeCheckpoints(deps: StoreCheckpointsDeps, cutAt: number): Promise<boolean> {
  const { database, eventLog, board, tail, metrics } = deps
  if ((await readCut(database.db, CHECKPOINT_CUT)) >= cutAt) return true
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    await tail.catchUp()
    const rows = board.rowsToCheckpoint(cutAt)
    if (rows.length === 0) {
      await eventLog.commit(async (tx, append) => {
        if (await advanceCut(tx, database.engine, CHECKPOINT_CUT, cutAt))
          append({ type: 'checkpoint', cutAt, zones: [], isLast: true })
      })
      return true
    }
    for (let from = 0; from < rows.length; from += ZONES_PER_COMMIT) {
      const some = rows.slice(from, from + ZONES_PER_COMMIT)
      const scores = await eventLog.commit((tx, append) => storeSome(deps, tx, append, some, cutAt))
      metrics.observeScores(scores.reduce(withScore, NO_SCORES))
    }
  }
  return false
}

/** Returns the scores of the forecasts before the reports of the stored zones. */
async function storeSome(
  { database, board }: StoreCheckpointsDeps,
  tx: Tx,
  append: Append,
  rows: readonly number[],
  cutAt: number,
): Promise<Score[]> {
  const zones: { id: string; capacity: number | null; prior: number }[] = []
  const judgements: Judgement[] = []
  const scores: Score[] = []
  // In key order, to avoid deadlocks.
  const byId = rows.map((row) => ({ row, id: board.id(row) })).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  await insertEmptyEstimates(
    tx,
    database.engine,
    byId.map(({ id }) => id),
  )
  for (const { row, id } of byId) {
    const next = board.checkpointAt(row, cutAt)
    if (next === null || !(await replaceCheckpoint(tx, id, next.before, next))) continue
    zones.push({ id, capacity: next.checkpoint.capacity, prior: next.prior })
    judgements.push(...next.judgements)
    scores.push(...next.scores)
    await addScores(tx, database.engine, id, next.scores)
  }
  await updateRiderTrust(tx, judgements)
  if (zones.length > 0) append({ type: 'checkpoint', cutAt, zones, isLast: false })
  return scores
}
