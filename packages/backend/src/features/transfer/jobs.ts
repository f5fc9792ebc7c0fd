import type { EventLog } from '#db/event-log.ts'
import type { Database } from '#db/open-database.ts'
import type { Job } from '#jobs/job.ts'
import { every } from '#jobs/schedules.ts'
import type { Clock } from '#platform/clock.ts'
import type { NewId } from '#platform/ids.ts'
import { expirePeople } from './people/expire-people.ts'

const HOUR_MS = 3_600_000

/** Invitations of the predecessor's people that came back or were not answered in time. */
export function jobs(deps: {
  readonly database: Database
  readonly eventLog: EventLog
  readonly clock: Clock
  readonly newId: NewId
}): Job[] {
  return [
    {
      name: 'predecessor-people',
      runsOn: 'one-server',
      schedule: every(HOUR_MS),
      async run() {
        await expirePeople({ ...deps, actor: { kind: 'job', name: 'predecessor-people' } })
      },
    },
  ]
}
