import type { Job } from '#jobs/job.ts'
import { feedJobs } from '#features/feeds/feed-jobs.ts'
import type { FeedSetup } from '#features/feeds/find-feeds.ts'
import { runStatic, type RunStaticDeps } from './run-static.ts'

export type ZoneJobsDeps = Omit<RunStaticDeps, 'actor'> & { readonly feeds: readonly FeedSetup[] }

/** Fetching the zones of feeds. */
export function jobs(deps: ZoneJobsDeps): Job[] {
  return feedJobs(deps.feeds, 'static', (feed, signal) =>
    runStatic({ ...deps, actor: { kind: 'job', name: `feed ${feed.profile.id}` } }, feed, { signal }),
  )
}
