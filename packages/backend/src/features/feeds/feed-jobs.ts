import type { LeasedJob } from '#jobs/job.ts'
import { channelsOf, type FeedSetup } from './find-feeds.ts'
import { scheduleOf } from './schedule.ts'

/** The jobs that fetch one channel of these feeds. */
export function feedJobs(
  feeds: readonly FeedSetup[],
  channel: 'static' | 'live',
  run: (feed: FeedSetup, signal: AbortSignal) => Promise<unknown>,
): LeasedJob[] {
  return feeds.flatMap((feed) => {
    const { id, timeZone = 'UTC' } = feed.profile
    return channelsOf(feed.profile)
      .filter((one) => one.channel === channel)
      .map(({ rule }): LeasedJob => ({
        name: `feed:${id}:${channel}`,
        runsOn: 'one-server',
        schedule: scheduleOf(rule, channel, timeZone),
        async run(signal) {
          await run(feed, signal)
        },
      }))
  })
}
