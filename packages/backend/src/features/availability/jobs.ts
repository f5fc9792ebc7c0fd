import type { Job } from '#jobs/job.ts'
import { dailyAt } from '#jobs/schedules.ts'
import { CHECKPOINT_CUT, readCut } from './estimate-store.ts'
import { learnPriors } from './learn-priors.ts'
import { createStoreHourly, type StoreHourlyDeps } from './store-hourly.ts'

const CHECK_CHECKPOINTS_EVERY_MS = 60_000
/** Long after midnight in UTC, when the checkpoints of the day's first cutoff are stored. */
const PRIORS_AT = '03:30'
const RETRY_PRIORS_MS = 10 * 60_000

/** Storing checkpoints and learning priors. */
export function jobs(deps: StoreHourlyDeps): Job[] {
  return [
    // Servers share this work, zone by zone, so it needs no lease, and a long import does not delay it.
    {
      name: 'checkpoints',
      runsOn: 'job-servers',
      everyMs: CHECK_CHECKPOINTS_EVERY_MS,
      run: createStoreHourly(deps),
    },
    {
      name: 'priors',
      runsOn: 'one-server',
      schedule: dailyAt(PRIORS_AT, 'UTC'),
      retryMs: RETRY_PRIORS_MS,
      async run() {
        await learnPriors(deps, await readCut(deps.database.db, CHECKPOINT_CUT))
      },
    },
  ]
}
