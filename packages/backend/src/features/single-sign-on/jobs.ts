import type { Db } from '#db/schema.ts'
import type { Job } from '#jobs/job.ts'
import { every } from '#jobs/schedules.ts'
import type { Clock } from '#platform/clock.ts'
import { deleteProviderSignInsBefore } from './provider-store.ts'

const PRUNE_EVERY_MS = 60 * 60_000

/** The job that deletes sign-ins that were not finished. */
export function jobs({ db, clock }: { readonly db: Db; readonly clock: Clock }): Job[] {
  return [
    {
      name: 'provider-sign-ins',
      runsOn: 'one-server',
      schedule: every(PRUNE_EVERY_MS),
      run: () => deleteProviderSignInsBefore(db, clock()),
    },
  ]
}
