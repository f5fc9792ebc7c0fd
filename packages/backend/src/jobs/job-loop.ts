import type { Database } from '#db/open-database.ts'
import type { Clock } from '#platform/clock.ts'
import { correctLease, extendLease, giveBack, insertJobs, readLeases, takeLease, type Lease } from './lease-store.ts'

/** Long enough for a pause of the process, short enough that a dead holder's job is not missed for long. */
const HELD_MS = 60_000
/** Clocks of servers differ; by more than this, one was wrong. */
const CLOCKS_DIFFER_MS = 60_000
/** A long one must not keep the others waiting. */
const AT_ONCE = 4

/** Something that is done again and again, by one server at a time. */
export type Job = {
  readonly name: string
  /** When it is due next after a run that began at `time`, epoch milliseconds. */
  next(time: number): number
  /** Does it. `signal` ends it where the service stops or the job has gone to another server. */
  run(signal: AbortSignal): Promise<void>
}

export type JobLoop = {
  /** Begins what is due and free now, a few at a time, and resolves with how many it ran once these have ended. */
  tick(): Promise<number>
  start(everyMs: number): void
  /** Ends what is running and waits for it. */
  stop(): Promise<void>
}

export type JobLoopDeps = {
  readonly database: Database
  readonly clock: Clock
  /** This process; no other has the same. */
  readonly holder: string
  readonly onError: (job: string, error: unknown) => void
}

/**
 * Runs jobs so that with many servers each runs once when it is due. Whoever runs one holds a lease in the database and
 * holds on to it while it runs; when a holder dies, the lease runs out and another server takes the job.
 */
export function createJobLoop(deps: JobLoopDeps, jobs: readonly Job[]): JobLoop {
  const { database, clock, holder, onError } = deps
  const byName = new Map(jobs.map((job) => [job.name, job]))
  const ending = new AbortController()
  const running = new Map<string, Promise<boolean>>()
  let timer: NodeJS.Timeout | null = null
  let isReady = false

  async function runJob(job: Job): Promise<boolean> {
    const startedAt = clock()
    if (!(await takeLease(database, job.name, holder, startedAt, startedAt + HELD_MS))) return false
    const lost = new AbortController()
    const holdOn = async (): Promise<void> => {
      if (!(await extendLease(database, job.name, holder, clock() + HELD_MS))) lost.abort()
    }
    const heartbeat = setInterval(() => {
      holdOn().catch((error: unknown) => onError(job.name, error))
    }, HELD_MS / 3)
    try {
      await job.run(AbortSignal.any([ending.signal, lost.signal]))
    } catch (error) {
      onError(job.name, error)
    } finally {
      clearInterval(heartbeat)
      // What the end of the service cut off is due at once, elsewhere or after the next start.
      await giveBack(database, job.name, holder, ending.signal.aborted ? startedAt : job.next(startedAt))
    }
    return true
  }

  /** Times later than a run that began now would set were set by a clock that was ahead: nobody waits for them. */
  async function doubtFuture(lease: Lease, job: Job, now: number): Promise<void> {
    const [due, held] = [job.next(now), now + HELD_MS]
    if (lease.dueAt <= due + CLOCKS_DIFFER_MS && lease.leaseExpiresAt <= held + CLOCKS_DIFFER_MS) return
    await correctLease(database, lease, Math.min(lease.dueAt, due), Math.min(lease.leaseExpiresAt, held))
  }

  function begin(job: Job): Promise<boolean> {
    const run = runJob(job).finally(() => running.delete(job.name))
    running.set(job.name, run)
    return run
  }

  async function tick(): Promise<number> {
    if (!isReady) await insertJobs(database, [...byName.keys()])
    isReady = true
    const now = clock()
    const begun: Promise<boolean>[] = []
    for (const lease of await readLeases(database, [...byName.keys()])) {
      const job = byName.get(lease.name)
      if (job === undefined) continue
      await doubtFuture(lease, job, now)
      if (lease.dueAt > now || lease.leaseExpiresAt > now || running.has(lease.name)) continue
      if (ending.signal.aborted || running.size >= AT_ONCE) break
      begun.push(begin(job))
    }
    const ran = await Promise.all(begun)
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
      ending.abort()
      if (timer !== null) clearInterval(timer)
      await Promise.allSettled(running.values())
    },
  }
}
