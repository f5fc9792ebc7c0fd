import type { Database } from '#db/open-database.ts'
import type { Clock } from '#platform/clock.ts'
import type { LeasedJob } from './job.ts'
import {
  correctLease,
  extendLease,
  releaseLease,
  insertJobs,
  readLeases,
  takeLease,
  type Lease,
} from './lease-store.ts'
import type { RunJob } from './run-job.ts'

/** Duration of a lease: long enough for a pause of the process, short enough to take over from a dead one soon. */
const LEASE_MS = 60_000
/** Clocks of servers may differ by this; a lease further in the future was set by a wrong clock. */
const MAX_CLOCK_SKEW_MS = 60_000
/** Several, so that a long job does not delay the others. */
const MAX_CONCURRENT_JOBS = 4

/** The leased jobs of one server. */
export type LeasedJobs = {
  /** Starts the jobs that are due and not leased, a few at a time. Each promise tells whether this server ran the job. */
  startDue(): Promise<Promise<boolean>[]>
  /** Waits for the running jobs. Abort `shutdown` before. */
  idle(): Promise<void>
}

export type LeasedJobsDeps = {
  readonly database: Database
  readonly clock: Clock
  /** Unique id of this process. */
  readonly holder: string
  readonly runJob: RunJob
  readonly onError: (job: string, error: unknown) => void
  /** Aborted when the service stops. */
  readonly shutdown: AbortSignal
}

/**
 * Runs each due job on one of many servers. The server holds a lease in the database and renews it while the job runs;
 * when it dies, the lease expires and another server takes the job.
 */
export function createLeasedJobs(deps: LeasedJobsDeps, jobs: readonly LeasedJob[]): LeasedJobs {
  const { database, clock, holder, runJob, onError, shutdown } = deps
  const byName = new Map(jobs.map((job) => [job.name, job]))
  const running = new Map<string, Promise<boolean>>()
  let isReady = false

  /** When the job is next due. An aborted one is due at once, on another server or after the next start. */
  function dueAfter({ schedule, retryMs }: LeasedJob, startedAt: number, isDone: boolean): number {
    if (shutdown.aborted) return startedAt
    const next = schedule(startedAt)
    return isDone || retryMs === undefined ? next : Math.min(next, startedAt + retryMs)
  }

  async function runLeased(job: LeasedJob): Promise<boolean> {
    const startedAt = clock()
    if (!(await takeLease(database, job.name, holder, startedAt, startedAt + LEASE_MS))) return false
    const leaseLost = new AbortController()
    const renew = async (): Promise<void> => {
      if (!(await extendLease(database, job.name, holder, clock() + LEASE_MS))) leaseLost.abort()
    }
    const heartbeat = setInterval(() => {
      renew().catch((error: unknown) => onError(job.name, error))
    }, LEASE_MS / 3)
    const isDone = await runJob(job, AbortSignal.any([shutdown, leaseLost.signal]))
    clearInterval(heartbeat)
    await releaseLease(database, job.name, holder, dueAfter(job, startedAt, isDone))
    return true
  }

  /** Corrects times later than those of a run that starts now: they were set by a clock that was ahead. */
  async function clampFutureLease(lease: Lease, job: LeasedJob, now: number): Promise<void> {
    const [due, held] = [job.schedule(now), now + LEASE_MS]
    if (lease.dueAt <= due + MAX_CLOCK_SKEW_MS && lease.leaseExpiresAt <= held + MAX_CLOCK_SKEW_MS) return
    await correctLease(database, lease, Math.min(lease.dueAt, due), Math.min(lease.leaseExpiresAt, held))
  }

  function start(job: LeasedJob): Promise<boolean> {
    const run = runLeased(job)
      .catch((error: unknown) => {
        onError(job.name, error)
        return false
      })
      .finally(() => running.delete(job.name))
    running.set(job.name, run)
    return run
  }

  return {
    async startDue() {
      if (!isReady) await insertJobs(database, [...byName.keys()])
      isReady = true
      const now = clock()
      const started: Promise<boolean>[] = []
      for (const lease of await readLeases(database, [...byName.keys()])) {
        const job = byName.get(lease.name)
        if (job === undefined) continue
        await clampFutureLease(lease, job, now)
        if (lease.dueAt > now || lease.leaseExpiresAt > now || running.has(lease.name)) continue
        if (shutdown.aborted || running.size >= MAX_CONCURRENT_JOBS) break
        started.push(start(job))
      }
      return started
    },
    async idle() {
      await Promise.all(running.values())
    },
  }
}
