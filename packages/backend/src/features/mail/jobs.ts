import type { Db } from '#db/schema.ts'
import type { Job } from '#jobs/job.ts'
import { every } from '#jobs/schedules.ts'
import type { Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { openTransport } from './open-transport.ts'
import { sendMails } from './send-mails.ts'

const SEND_EVERY_MS = 5_000

/** The job that sends mails. */
export function jobs({
  db,
  clock,
  config,
}: {
  readonly db: Db
  readonly clock: Clock
  readonly config: Config
}): Job[] {
  const transport = config.smtpUrl === '' ? null : openTransport(config.smtpUrl)
  return [
    {
      name: 'mail',
      runsOn: 'one-server',
      schedule: every(SEND_EVERY_MS),
      run: (signal) => sendMails({ db, clock, transport, from: config.mailFrom }, signal),
    },
  ]
}
