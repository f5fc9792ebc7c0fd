import type { Job } from '#jobs/job.ts'
import type { SourceCache } from './source-cache.ts'

/** Interval at which the copy of the sources, used while the database is unavailable, is refreshed. */
const REFRESH_EVERY_MS = 60_000

/** Refreshing the copy of the sources. */
export function jobs({ sources }: { readonly sources: Pick<SourceCache, 'refresh'> }): Job[] {
  return [
    {
      name: 'sources',
      runsOn: 'every-server',
      everyMs: REFRESH_EVERY_MS,
      jitter: 0.1,
      run: () => sources.refresh(),
    },
  ]
}
