/** When a job is next due after a run that started at `time`; epoch milliseconds. */
export type Schedule = (time: number) => number

/**
 * Periodic work of all servers together: it runs on one server at a time, which holds a lease in the database. Servers
 * with the role `jobs` take part.
 */
export type LeasedJob = {
  readonly name: string
  readonly runsOn: 'one-server'
  readonly schedule: Schedule
  /** After a failed run it is due after this time, if that is sooner than scheduled. Default: as scheduled. */
  readonly retryMs?: number
  /** `signal` aborts the run when the service stops or the lease was lost. */
  run(signal: AbortSignal): Promise<void>
}

/** Periodic work of each process, by a timer: on every server, or on each with the role `jobs`. */
export type ProcessJob = {
  readonly name: string
  readonly runsOn: 'every-server' | 'job-servers'
  /** Time from the end of a run to the next; the first run is after this time. Runs never overlap. */
  readonly everyMs: number
  /** Share of `everyMs` by which each interval varies at random, so that servers do not act in step. Default 0. */
  readonly jitter?: number
  /** `signal` aborts the run when the service stops. */
  run(signal: AbortSignal): Promise<void> | void
}

/** All periodic work is a job. The scheduler runs them. */
export type Job = LeasedJob | ProcessJob
