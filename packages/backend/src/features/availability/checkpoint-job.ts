import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { readNewestOrder } from '#features/reports/read-reports.ts'
import { createClockJumpGuard, type ClockJumpGuard } from './clock-jump-guard.ts'
import { learnPriors } from './learn-priors.ts'
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

type CheckpointLog = {
  warn(facts: { readonly hours: number }, text: string): void
  error(facts: { readonly err: unknown }, text: string): void
}

export type CheckpointJobDeps = StoreCheckpointsDeps & {
  readonly clock: Clock
  readonly uptime: Clock
  readonly log: CheckpointLog
}

/** The periodic storing of checkpoints. */
export type CheckpointJob = {
  /** Runs it now, or waits for the running one. */
  run(): Promise<void>
  /** Stops the timer and waits for the running one. */
  stop(): Promise<void>
}

/**
 * Stores checkpoints hourly, checking every `everyMs`. Observations before a cutoff no longer count, so a clock that
 * has jumped ahead must not move it: see `createClockJumpGuard`.
 */
export function startCheckpoints(deps: CheckpointJobDeps, everyMs: number): CheckpointJob {
  const { clock, uptime, log } = deps
  let guardedTime: ClockJumpGuard | null = null
  let running: Promise<void> | null = null

  async function runOnce(): Promise<void> {
    guardedTime ??= createClockJumpGuard(await readNewest(deps.database.db, clock()), (ahead) =>
      log.warn({ hours: Math.round(ahead / HOUR) }, CLOCK_AHEAD),
    )
    const cutAt = cutOf(guardedTime(clock(), uptime()))
    if (await storeCheckpoints(deps, cutAt)) await learnPriors(deps, cutAt)
  }

  function run(): Promise<void> {
    running ??= runOnce()
      .catch((error: unknown) => log.error({ err: error }, 'the checkpoints could not be stored'))
      .finally(() => {
        running = null
      })
    return running
  }
  const timer = setInterval(() => void run(), everyMs)
  return {
    run,
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

/** Time of the newest cutoff or report in the database; `now` for an empty one. */
async function readNewest(db: Db, now: number): Promise<number> {
  const [cut, report] = [await readCut(db, CHECKPOINT_CUT), await readNewestOrder(db)]
  return cut === 0 && report === 0 ? now : Math.max(cut + OBSERVATION_AGE_MS, report)
}
