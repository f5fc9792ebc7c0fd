import { sealEntries } from '#audit/seal-entries.ts'
import { pruneEvents } from '#db/prune-events.ts'
import { pruneKeys } from '#http/idempotency/prune-keys.ts'
import { SHARE_EVERY_MS } from '#http/rate-limit.ts'
import type { Job } from '#jobs/job.ts'
import { every } from '#jobs/schedules.ts'
import { SWEEP_EVERY_MS } from '#live/live-hub.ts'
import { flushLog } from '#platform/log.ts'
import type { Context } from './context.ts'

const FLUSH_LOG_EVERY_MS = 1_000
const SYNC_CLOCK_EVERY_MS = 10_000
const SEAL_AUDIT_EVERY_MS = 1_000
const PRUNE_EVENTS_EVERY_MS = 10 * 60_000
const PRUNE_KEYS_EVERY_MS = 10 * 60_000

/** The periodic work that belongs to no feature. `tailEveryMs`: interval of polling for events of other servers. */
export function foundationJobs(context: Context, tailEveryMs: number): Job[] {
  const { clock, clockSync, database, hub, limits, log, redis, tail } = context
  const jobs: Job[] = [
    { name: 'tail', runsOn: 'every-server', everyMs: tailEveryMs, run: () => tail.poll() },
    { name: 'log', runsOn: 'every-server', everyMs: FLUSH_LOG_EVERY_MS, run: () => flushLog(log) },
    { name: 'clock', runsOn: 'every-server', everyMs: SYNC_CLOCK_EVERY_MS, run: () => clockSync.sync() },
    { name: 'live', runsOn: 'every-server', everyMs: SWEEP_EVERY_MS, run: () => hub.sweep() },
    {
      name: 'audit',
      runsOn: 'job-servers',
      everyMs: SEAL_AUDIT_EVERY_MS,
      run: async () => void (await sealEntries(database)),
    },
    {
      name: 'events',
      runsOn: 'one-server',
      schedule: every(PRUNE_EVENTS_EVERY_MS),
      run: () => pruneEvents(database, clock()),
    },
    {
      name: 'idempotency-keys',
      runsOn: 'one-server',
      schedule: every(PRUNE_KEYS_EVERY_MS),
      run: () => pruneKeys(database.db, clock()),
    },
  ]
  if (redis !== null)
    jobs.push({ name: 'limits', runsOn: 'every-server', everyMs: SHARE_EVERY_MS, run: () => limits.share() })
  return jobs
}
