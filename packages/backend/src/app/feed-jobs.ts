import { DomainError } from '@kickstand/domain'
import { pruneReadings } from '#features/sensors/prune-readings.ts'
import { findFeeds, channelsOf, type FeedSetup } from '#features/feeds/find-feeds.ts'
import { judgeSensors } from '#features/sensors/judge-sensors.ts'
import { runLive, type RunLiveDeps } from '#features/sensors/run-live.ts'
import { nextRun } from '#features/feeds/schedule.ts'
import type { Job } from '#jobs/job-loop.ts'
import type { Config } from '#platform/config.ts'
import { random } from '#platform/random.ts'
import { sleep } from '#platform/sleep.ts'
import { runStatic, type RunStaticDeps } from '#features/zones/run-static.ts'
import type { Context } from './context.ts'

const MINUTE = 60_000

/** The dependencies of running feeds. */
export function feedDeps(context: Context): RunLiveDeps & RunStaticDeps {
  const { clock, config, database, eventLog, metrics, newId } = context
  return { database, eventLog, clock, newId, metrics, random, sleep, secrets: config.feedSecrets }
}

/** The enabled feeds. Throws the errors of `findFeeds` as one line that names the setting. */
export async function readFeeds(config: Config): Promise<FeedSetup[]> {
  return findFeeds(config.feeds, config.profiles).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.code !== 'unknown-profile') throw error
    const text = `KICKSTAND_FEEDS: ${error.message.replaceAll(/\n\s*/g, ' ')}`
    throw new DomainError('unknown-profile', text, error.errors, error)
  })
}

/** The jobs that fetch these feeds and maintain their data. */
export function createFeedJobs(context: Context, feeds: readonly FeedSetup[]): Job[] {
  const { clock, database } = context
  const deps = feedDeps(context)
  const housekeeping: Job = {
    name: 'readings',
    next: (time) => time + 10 * MINUTE,
    async run() {
      await judgeSensors(database.db, clock())
      await pruneReadings(database.db, clock())
    },
  }
  return [housekeeping, ...feeds.flatMap((feed) => jobsOf(deps, feed))]
}

function jobsOf(deps: RunLiveDeps & RunStaticDeps, feed: FeedSetup): Job[] {
  const { id, timeZone = 'UTC' } = feed.profile
  return channelsOf(feed.profile).map(({ channel, rule }) => ({
    name: `feed:${id}:${channel}`,
    next: (time) => nextRun(rule, channel, timeZone, time),
    async run(signal) {
      if (channel === 'static') await runStatic(deps, feed, { signal })
      else await runLive(deps, feed, { signal })
    },
  }))
}
