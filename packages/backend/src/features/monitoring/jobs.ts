import { isTransient, type Engine } from '#db/engine.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import type { Job } from '#jobs/job.ts'
import { every } from '#jobs/schedules.ts'
import type { Clock } from '#platform/clock.ts'
import type { MinuteFigures } from '#platform/minute-figures.ts'
import type { Tail } from '#read-model/tail.ts'
import { measureGauges } from './measure-gauges.ts'
import { pruneFigures, storeFigures } from './store-figures.ts'

const MINUTE_MS = 60_000
const PRUNE_EVERY_MS = 60 * MINUTE_MS

type Deps = {
  readonly db: Db
  readonly engine: Engine
  readonly clock: Clock
  readonly uptime: Clock
  readonly figures: MinuteFigures
  readonly eventLog: EventLog
  readonly tail: Tail
}

/** The jobs that store and delete the per-minute figures. */
export function jobs(deps: Deps): Job[] {
  const { db, engine, clock, uptime, eventLog, tail } = deps
  const tailLagSeconds = (): number => (uptime() - tail.lastRead()) / 1000
  return [
    {
      name: 'figures',
      runsOn: 'every-server',
      everyMs: MINUTE_MS,
      async run() {
        await measureGauges({ ...deps, tailLagSeconds }).catch((error: unknown) => {
          if (!isTransient(engine, error)) throw error
        })
        await storeFigures({ ...deps, server: eventLog.producer })
      },
    },
    {
      name: 'figures-prune',
      runsOn: 'one-server',
      schedule: every(PRUNE_EVERY_MS),
      run: () => pruneFigures(db, clock()),
    },
  ]
}
