import { statfs } from 'node:fs/promises'
import type { Engine } from '#db/engine.ts'
import type { Db } from '#db/schema.ts'
import { readFeedHealth } from '#features/sources/feed-health.ts'
import type { Clock } from '#platform/clock.ts'
import type { MinuteFigures } from '#platform/minute-figures.ts'

type Deps = {
  readonly db: Db
  readonly engine: Engine
  readonly clock: Clock
  readonly figures: MinuteFigures
  readonly tailLagSeconds: () => number
}

/** The current values of this server: the age of the data that it serves, and the disk space of an embedded database. */
export async function measureGauges({ db, engine, clock, figures, tailLagSeconds }: Deps): Promise<void> {
  figures.gauge('tail-lag-seconds', tailLagSeconds())
  if (engine.folder !== null) {
    const { bavail, bsize, blocks } = await statfs(engine.folder)
    figures.gauge('disk-free-bytes', bavail * bsize)
    figures.gauge('disk-bytes', blocks * bsize)
  }
  const ages = (await readFeedHealth(db, clock())).flatMap(({ health }) => health.live?.ageSeconds ?? [])
  if (ages.length > 0) figures.gauge('oldest-feed-seconds', Math.max(...ages))
}
