import type { Clock } from '#platform/clock.ts'
import { storeCheckpoints, type StoreCheckpointsDeps } from './store-checkpoints.ts'

const HOUR = 60 * 60_000
/** Observations stay apart for so long: they can be taken back, corrected, and counted as those of the last day. */
const KEPT_MS = 24 * HOUR

/** The moment to make checkpoints of at `now` (epoch milliseconds): the same for all servers within an hour. */
export function cutOf(now: number): number {
  return Math.floor((now - KEPT_MS) / HOUR) * HOUR
}

/** Stores checkpoints now and whenever an hour has passed, until stopped. `stop` waits for what was begun. */
export function startCheckpoints(
  deps: StoreCheckpointsDeps & { readonly clock: Clock },
  everyMs: number,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let running: Promise<unknown> | null = null
  function run(): void {
    running ??= storeCheckpoints(deps, cutOf(deps.clock()))
      .catch(onError)
      .finally(() => {
        running = null
      })
  }
  const timer = setInterval(run, everyMs)
  run()
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
