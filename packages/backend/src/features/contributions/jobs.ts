import type { Job } from '#jobs/job.ts'
import { every } from '#jobs/schedules.ts'
import { expireContributions, type ExpireDeps } from './expire-contributions.ts'

const EXPIRE_EVERY_MS = 10 * 60_000

/** Expiring contributions. */
export function jobs(deps: Omit<ExpireDeps, 'actor'>): Job[] {
  return [
    {
      name: 'contributions',
      runsOn: 'one-server',
      schedule: every(EXPIRE_EVERY_MS),
      async run() {
        await expireContributions({ ...deps, actor: { kind: 'job', name: 'contributions' } })
      },
    },
  ]
}
