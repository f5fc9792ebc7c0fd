import type { SourcesBody } from '@kickstand/contract'
import type { Db } from '#db/schema.ts'
import { listSources } from '#features/zones/list-sources.ts'
import type { Clock } from '#platform/clock.ts'
import { readFeedHealth } from './feed-health.ts'

/** The sources with the health of their feeds. */
export async function listSourcesWithHealth({ db, clock }: { db: Db; clock: Clock }): Promise<SourcesBody> {
  const { sources } = await listSources({ db })
  const health = new Map((await readFeedHealth(db, clock())).map((feed) => [feed.feedId, feed.health]))
  return {
    sources: sources.map((source) => ({ ...source, health: health.get(source.id) ?? { static: null, live: null } })),
  }
}
