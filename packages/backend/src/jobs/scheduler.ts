import type { Registry } from 'prom-client'
import type { Database } from '#db/open-database.ts'
import type { Clock } from '#platform/clock.ts'
import type { MinuteFigures } from '#platform/minute-figures.ts'
import type { Job, LeasedJob, ProcessJob } from './job.ts'
import { createLeasedJobs } from './leased-jobs.ts'
import { startProcessTimer, type ProcessTimer } from './process-timer.ts'
import { createRunJob } from './run-job.ts'

/** How often a server looks for leased jobs that are due. */
const CHECK_LEASES_EVERY_MS = 5_000

/** Runs all periodic work of this process. */
export type Scheduler = {
  start(): void
  /** Runs the leased jobs that are due now, whatever the roles. Resolves with their number once they have ended. */
  runDue(): Promise<number>
  /** Starts no more jobs, aborts the running ones and waits for them. */
  stop(): Promise<void>
}

export type SchedulerDeps = {
  readonly database: Database
  /** Of the service, in epoch milliseconds: leased jobs are due by it. */
  readonly clock: Clock
  /** Monotonic, in milliseconds: measures runs. */
  readonly uptime: Clock
  readonly random: () => number
  /** Unique id of this process. */
  readonly holder: string
  /** Whether this process has the role `jobs`. */
  readonly hasJobs: boolean
  readonly registry: Registry
  readonly figures: Pick<MinuteFigures, 'countRun'>
  readonly onError: (job: string, error: unknown) => void
}

/**
 * Prepares the jobs; none runs before `start`. Jobs for one server and for servers with the role `jobs` run only if
 * this process has that role.
 */
export function createScheduler(deps: SchedulerDeps, jobs: readonly Job[]): Scheduler {
  const { random, hasJobs } = deps
  const shutdown = new AbortController()
  const runJob = createRunJob(deps)
  const leased = createLeasedJobs(
    { ...deps, runJob, shutdown: shutdown.signal },
    jobs.filter((job): job is LeasedJob => job.runsOn === 'one-server'),
  )
  const checkLeases: ProcessJob = {
    name: 'leases',
    runsOn: 'job-servers',
    everyMs: CHECK_LEASES_EVERY_MS,
    // Does not wait for the jobs that it starts: a long one must not delay those that become due meanwhile.
    async run() {
      void (await leased.startDue())
    },
  }
  let timers: ProcessTimer[] = []
  return {
    start() {
      const own = [...jobs, checkLeases].filter(
        (job): job is ProcessJob => job.runsOn === 'every-server' || (job.runsOn === 'job-servers' && hasJobs),
      )
      const run = (job: ProcessJob): Promise<unknown> => runJob(job, shutdown.signal)
      timers = own.map((job) => startProcessTimer(job, { random, run }))
    },
    async runDue() {
      let ran = 0
      for (;;) {
        const started = await leased.startDue()
        if (started.length === 0) return ran
        ran += (await Promise.all(started)).filter(Boolean).length
      }
    },
    async stop() {
      shutdown.abort()
      await Promise.all(timers.map((timer) => timer.stop()))
      await leased.idle()
    },
  }
}
