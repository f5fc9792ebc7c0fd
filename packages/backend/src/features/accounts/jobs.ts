import { GUESS_LIMITS } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import type { Job } from '#jobs/job.ts'
import { every } from '#jobs/schedules.ts'
import type { Clock } from '#platform/clock.ts'
import { deleteChallengesBefore } from './credentials/challenge-store.ts'
import { sessionLimits, type SessionSettings } from './sessions/session-limits.ts'
import { deleteSessionsBefore } from './sessions/session-store.ts'
import { deleteFailuresBefore } from './sign-in/failure-store.ts'

const PRUNE_EVERY_MS = 10 * 60_000
const FAILURES_TTL_MS = Math.max(...Object.values(GUESS_LIMITS).map(({ forgetMs }) => forgetMs))

type Deps = { readonly db: Db; readonly clock: Clock; readonly config: SessionSettings }

/** The job that deletes expired sessions, challenges of passkeys and counts of failed sign-ins. */
export function jobs({ db, clock, config }: Deps): Job[] {
  return [
    {
      name: 'sessions',
      runsOn: 'one-server',
      schedule: every(PRUNE_EVERY_MS),
      async run() {
        const now = clock()
        const { idleMs, absoluteMs } = sessionLimits(config)
        await deleteSessionsBefore(db, now - absoluteMs, now - idleMs)
        await deleteChallengesBefore(db, now)
        await deleteFailuresBefore(db, now - FAILURES_TTL_MS)
      },
    },
  ]
}
