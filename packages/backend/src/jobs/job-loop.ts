import type { Database } from '#db/open-database.ts'
import type { Clock } from '#platform/clock.ts'
import {
  correctLease,
  extendLease,
  releaseLease,
  insertJobs,
  readLeases,
  takeLease,
  type Lease,
} from './lease-store.ts'

/** Duration of a lease: long enough for a pause of the process, short enough to take over from a dead one soon. */
const LEASE_MS = 60_000
/** Clocks of servers may differ by this; a lease further in the future was set by a wrong clock. */
const MAX_CLOCK_SKEW_MS = 60_000
/** Several, so that a long job does not delay the others. */
const MAX_CONCURRENT_JOBS = 4

/** A periodic task that runs on one server at a time. */
export type Job = {
  readonly name: string
  /** When it is next due after a run that started at `time`; epoch milliseconds. */
  next(time: number): number
  /** `signal` aborts the run when the service stops or the lease was lost. */
  run(signal: AbortSignal): Promise<void>
}

export type JobLoop = {
  /** Runs the jobs that are due and not leased, a few at a time. Resolves with their number once they have ended. */
  tick(): Promise<number>
  start(everyMs: number): void
  /** Aborts the running jobs and waits for them. */
  stop(): Promise<void>
}

export type JobLoopDeps = {
  readonly database: Database
  readonly clock: Clock
  /** Unique id of this process. */
  readonly holder: string
  readonly onError: (job: string, error: unknown) => void
}

/**
 * Runs each due job on one of many servers. The server holds a lease in the database and renews it while the job runs;
 * when it dies, the lease expires and another server takes the job.
 */
export function createJobLoop(deps: JobLoopDeps, jobs: readonly Job[]): JobLoop {
  const { database, clock, holder, onError } = deps
  const byName = new Map(jobs.map((job) => [job.name, job]))
  const shutdown = new AbortController()
  const running = new Map<string, Promise<boolean>>()
  let timer: NodeJS.Timeout | null = null
  let isReady = false

  async function runJob(job: Job): Promise<boolean> {
    const startedAt = clock()
    if (!(await takeLease(database, job.name, holder, startedAt, startedAt + LEASE_MS))) return false
    const leaseLost = new AbortController()
    const renew = async (): Promise<void> => {
      if (!(await extendLease(database, job.name, holder, clock() + LEASE_MS))) leaseLost.abort()
    }
    const heartbeat = setInterval(() => {
      renew().catch((error: unknown) => onError(job.name, error))
    }, LEASE_MS / 3)
    try {
      await job.run(AbortSignal.any([shutdown.signal, leaseLost.signal]))
    } catch (error) {
      onError(job.name, error)
    } finally {
      clearInterval(heartbeat)
      // An aborted job is due at once, on another server or after the next start.
      await releaseLease(database, job.name, holder, shutdown.signal.aborted ? startedAt : job.next(startedAt))
    }
    return true
  }

  /** Corrects times later than those of a run that starts now: they were set by a clock that was ahead. */
  async function clampFutureLease(lease: Lease, job: Job, now: number): Promise<void> {
    const [due, held] = [job.next(now), now + LEASE_MS]
    if (lease.dueAt <= due + MAX_CLOCK_SKEW_MS && lease.leaseExpiresAt <= held + MAX_CLOCK_SKEW_MS) return
    await correctLease(database, lease, Math.min(lease.dueAt, due), Math.min(lease.leaseExpiresAt, held))
  }

  function startJob(job: Job): Promise<boolean> {
    const run = runJob(job).finally(() => running.delete(job.name))
    running.set(job.name, run)
    return run
  }

  async function tick(): Promise<number> {
    if (!isReady) await insertJobs(database, [...byName.keys()])
    isReady = true
    const now = clock()
    const started: Promise<boolean>[] = []
    for (const lease of await readLeases(database, [...byName.keys()])) {
      const job = byName.get(lease.name)
      if (job === undefined) continue
      await clampFutureLease(lease, job, now)
      if (lease.dueAt > now || lease.leaseExpiresAt > now || running.has(lease.name)) continue
      if (shutdown.signal.aborted || running.size >= MAX_CONCURRENT_JOBS) break
      started.push(startJob(job))
    }
    const ran = await Promise.all(started)
    return ran.filter(Boolean).length
  }

  return {
    tick,
    start(everyMs) {
      timer = setInterval(() => {
        tick().catch((error: unknown) => onError('jobs', error))
      }, everyMs)
    },
    async stop() {
      shutdown.abort()
      if (timer !== null) clearInterval(timer)
      await Promise.allSettled(running.values())
    },
  }
}
