import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { createClockJumpGuard, type ClockJumpGuard } from './clock-jump-guard.ts'
import { learnPriors } from './learn-priors.ts'
import { readCut, readNewestReport, THE_CUT } from './estimate-store.ts'
import { storeCheckpoints, type StoreCheckpointsDeps } from './store-checkpoints.ts'

const HOUR = 60 * 60_000
const AHEAD =
  'the clock is ahead of the last thing that was heard of: no checkpoints until it stays there, or is set right'
/** Observations stay apart for so long: they can be taken back, corrected, and counted as those of the last day. */
const KEPT_MS = 24 * HOUR

/** The moment to make checkpoints of at `now` (epoch milliseconds): the same for all servers within an hour. */
export function cutOf(now: number): number {
  return Math.floor((now - KEPT_MS) / HOUR) * HOUR
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

/** Work that is done now and then. */
export type CheckpointJob = {
  /** Does it now, or waits for what is being done. */
  run(): Promise<void>
  /** No more of it; waits for what was begun. */
  stop(): Promise<void>
}

/**
 * Stores checkpoints as hours pass, looking every `everyMs`. What lies before a checkpoint counts no more, so a clock that has
 * jumped ahead must not make any: see `createClockJumpGuard`.
 */
export function startCheckpoints(deps: CheckpointJobDeps, everyMs: number): CheckpointJob {
  const { clock, uptime, log } = deps
  let believed: ClockJumpGuard | null = null
  let running: Promise<void> | null = null

  async function runOnce(): Promise<void> {
    believed ??= createClockJumpGuard(await readNewest(deps.database.db, clock()), (ahead) =>
      log.warn({ hours: Math.round(ahead / HOUR) }, AHEAD),
    )
    const cutAt = cutOf(believed(clock(), uptime()))
    if (await storeCheckpoints(deps, cutAt)) await learnPriors(deps, cutAt)
  }

  function run(): Promise<void> {
    running ??= runOnce()
      .catch((error: unknown) => log.error({ err: error }, 'the estimates could not be stored'))
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

/** When the newest thing was that the database knows of; `now` where it knows of none. */
async function readNewest(db: Db, now: number): Promise<number> {
  const [cut, report] = [await readCut(db, THE_CUT), await readNewestReport(db)]
  return cut === 0 && report === 0 ? now : Math.max(cut + KEPT_MS, report)
}
