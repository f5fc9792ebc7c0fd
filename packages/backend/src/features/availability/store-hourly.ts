import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { readNewestOrder } from '#features/reports/read-reports.ts'
import { createClockJumpGuard, type ClockJumpGuard } from './clock-jump-guard.ts'
import { readCut, CHECKPOINT_CUT } from './estimate-store.ts'
import { storeCheckpoints, type StoreCheckpointsDeps } from './store-checkpoints.ts'

const HOUR = 60 * 60_000
const CLOCK_AHEAD =
  'the clock is far ahead of the newest known event: no checkpoints are stored until it is corrected or stays there for a day'
/**
 * Age at which observations move into a checkpoint: until then they can be retracted, corrected, and counted for the
 * last day.
 */
const OBSERVATION_AGE_MS = 24 * HOUR

/** The cutoff of checkpoints at `now` (epoch milliseconds): the same on all servers within an hour. */
export function cutOf(now: number): number {
  return Math.floor((now - OBSERVATION_AGE_MS) / HOUR) * HOUR
}

export type StoreHourlyDeps = StoreCheckpointsDeps & {
  readonly clock: Clock
  readonly uptime: Clock
  readonly log: { warn(facts: { readonly hours: number }, text: string): void }
}

/**
 * Returns what stores the checkpoints of the last full hour, to be called often; most calls find them stored.
 * Observations before a cutoff no longer count, so a clock that has jumped ahead must not move it: see
 * `createClockJumpGuard`.
 */
export function createStoreHourly(deps: StoreHourlyDeps): () => Promise<void> {
  const { clock, uptime, log } = deps
  let guardedTime: ClockJumpGuard | null = null
  return async () => {
    guardedTime ??= createClockJumpGuard(await readNewest(deps.database.db, clock()), (ahead) =>
      log.warn({ hours: Math.round(ahead / HOUR) }, CLOCK_AHEAD),
    )
    await storeCheckpoints(deps, cutOf(guardedTime(clock(), uptime())))
  }
}

/** Time of the newest cutoff or report in the database; `now` for an empty one. */
async function readNewest(db: Db, now: number): Promise<number> {
  const [cut, report] = [await readCut(db, CHECKPOINT_CUT), await readNewestOrder(db)]
  return cut === 0 && report === 0 ? now : Math.max(cut + OBSERVATION_AGE_MS, report)
}
