import type { Job } from '#jobs/job.ts'
import { every } from '#jobs/schedules.ts'
import { feedJobs } from '#features/feeds/feed-jobs.ts'
import type { FeedSetup } from '#features/feeds/find-feeds.ts'
import { judgeSensors } from './judge-sensors.ts'
import { pruneReadings } from './prune-readings.ts'
import { runLive, type RunLiveDeps } from './run-live.ts'

const MAINTAIN_EVERY_MS = 10 * 60_000

export type SensorJobsDeps = RunLiveDeps & { readonly feeds: readonly FeedSetup[] }

/** Fetching live figures, judging sensors and deleting old readings. */
export function jobs(deps: SensorJobsDeps): Job[] {
  const { db } = deps.database
  return [
    {
      name: 'readings',
      runsOn: 'one-server',
      schedule: every(MAINTAIN_EVERY_MS),
      async run() {
        await judgeSensors(db, deps.clock())
        await pruneReadings(db, deps.clock())
      },
    },
    ...feedJobs(deps.feeds, 'live', (feed, signal) => runLive(deps, feed, { signal })),
  ]
}
