import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import type { Job } from '#jobs/job.ts'
import { every } from '#jobs/schedules.ts'
import type { Clock } from '#platform/clock.ts'
import { expireContributions } from './expire-contributions.ts'

const EXPIRE_EVERY_MS = 10 * 60_000

/** Expiring contributions. */
export function jobs(deps: { readonly db: Db; readonly eventLog: EventLog; readonly clock: Clock }): Job[] {
  return [
    {
      name: 'contributions',
      runsOn: 'one-server',
      schedule: every(EXPIRE_EVERY_MS),
      async run() {
        await expireContributions(deps)
      },
    },
  ]
}
