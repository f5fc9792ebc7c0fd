import type { Database } from '#db/open-database.ts'
import type { Db } from '#db/schema.ts'
import type { Job } from '#jobs/job.ts'
import { every } from '#jobs/schedules.ts'
import type { Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import type { Logger } from '#platform/log.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import { pruneNotifications } from './delete-notifications.ts'
import { openPushTransport } from './push/post-push.ts'
import { createPushKeys } from './push/push-keys.ts'
import { sendPushes } from './push/send-pushes.ts'
import { createStopKey } from './stop/stop-key.ts'

const SEND_EVERY_MS = 5_000
const PRUNE_EVERY_MS = 60 * 60_000

export type NotificationJobsDeps = Pick<Database, 'engine'> & {
  readonly db: Db
  readonly clock: Clock
  readonly log: Logger
  readonly config: Pick<Config, 'publicUrl' | 'port'>
}

/** The jobs that send push messages and delete old notifications. */
export function jobs(deps: NotificationJobsDeps): Job[] {
  const transport = openPushTransport()
  const sending = { ...deps, transport, pushKeys: createPushKeys(deps), stopKey: createStopKey(deps) }
  const origin = ownOrigin(deps.config)
  return [
    {
      name: 'push',
      runsOn: 'one-server',
      schedule: every(SEND_EVERY_MS),
      run: (signal) => sendPushes({ ...sending, origin }, signal),
    },
    {
      name: 'notifications',
      runsOn: 'one-server',
      schedule: every(PRUNE_EVERY_MS),
      run: () => pruneNotifications(deps.db, deps.clock()),
    },
  ]
}
