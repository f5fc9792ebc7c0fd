import { pruneReadings } from '#feeds/readings/prune-readings.ts'
import { findFeeds, sidesOf, type FeedSetup } from '#feeds/find-feeds.ts'
import { judgeSensors } from '#feeds/health/judge-sensors.ts'
import { runLive, type RunLiveDeps } from '#feeds/run-live.ts'
import { nextRun } from '#feeds/schedule.ts'
import type { Job } from '#jobs/job-loop.ts'
import { random } from '#platform/random.ts'
import { sleep } from '#platform/sleep.ts'
import { runStatic, type RunStaticDeps } from '#zones/run-static.ts'
import type { Context } from './context.ts'

const MINUTE = 60_000

/** What running feeds needs of a service. */
export function feedDeps(context: Context): RunLiveDeps & RunStaticDeps {
  const { clock, config, database, eventLog, metrics, newId } = context
  return { database, eventLog, clock, newId, metrics, random, sleep, secrets: config.feedSecrets }
}

/** The jobs of the feeds that are on, and of keeping what they say in order. Throws as `findFeeds`. */
export async function createFeedJobs(context: Context): Promise<Job[]> {
  const { clock, config, database } = context
  const deps = feedDeps(context)
  const feeds = await findFeeds(config.feeds, config.profiles)
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
  return sidesOf(feed.profile).map(({ side, rule }) => ({
    name: `feed:${id}:${side}`,
    next: (time) => nextRun(rule, side, timeZone, time),
    async run(signal) {
      if (side === 'static') await runStatic(deps, feed, { signal })
      else await runLive(deps, feed, { signal })
    },
  }))
}
