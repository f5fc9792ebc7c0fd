import { Counter, type Registry } from 'prom-client'
import type { Clock } from '#platform/clock.ts'
import type { MinuteFigures } from '#platform/minute-figures.ts'
import type { Job } from './job.ts'

/** Runs a job, counts the run and reports its error. Returns whether it succeeded. */
export type RunJob = (job: Job, signal: AbortSignal) => Promise<boolean>

export type RunJobDeps = {
  /** Monotonic, in milliseconds. */
  readonly uptime: Clock
  readonly registry: Registry
  readonly figures: Pick<MinuteFigures, 'countRun'>
  readonly onError: (job: string, error: unknown) => void
}

/** Names of jobs are few: those of the service, and one or two for each configured feed. */
export function createRunJob({ uptime, registry, figures, onError }: RunJobDeps): RunJob {
  const registers = [registry]
  const runs = new Counter({
    name: 'kickstand_job_runs_total',
    help: 'Runs of periodic jobs, by job and outcome: done, failed.',
    labelNames: ['job', 'outcome'] as const,
    registers,
  })
  const seconds = new Counter({
    name: 'kickstand_job_seconds_total',
    help: 'Time for which periodic jobs ran.',
    labelNames: ['job'] as const,
    registers,
  })
  return async (job, signal) => {
    const startedAt = uptime()
    let succeeded = true
    try {
      await job.run(signal)
    } catch (error) {
      succeeded = false
      onError(job.name, error)
    }
    const ms = uptime() - startedAt
    runs.inc({ job: job.name, outcome: succeeded ? 'done' : 'failed' })
    seconds.inc({ job: job.name }, ms / 1000)
    // Timers of a process run up to four times a second: only their failures are worth a row.
    if (job.runsOn === 'one-server' || !succeeded) figures.countRun(job.name, succeeded, ms)
    return succeeded
  }
}
