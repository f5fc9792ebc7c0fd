import type { ProcessJob } from './job.ts'

export type ProcessTimerDeps = {
  /** Random number from 0 to 1. */
  readonly random: () => number
  /** Never rejects. */
  readonly run: (job: ProcessJob) => Promise<unknown>
}

export type ProcessTimer = {
  /** Starts no more runs and waits for the running one. */
  stop(): Promise<void>
}

/** Runs a job every `everyMs`, counted from the end of a run, so that runs never overlap. */
export function startProcessTimer(job: ProcessJob, { random, run }: ProcessTimerDeps): ProcessTimer {
  const { everyMs, jitter = 0 } = job
  let timer: NodeJS.Timeout | null = null
  let running: Promise<unknown> | null = null
  let isStopped = false

  function schedule(): void {
    timer = setTimeout(() => void start(), everyMs * (1 + jitter * (2 * random() - 1)))
  }

  async function start(): Promise<void> {
    running = run(job)
    await running
    running = null
    if (!isStopped) schedule()
  }

  schedule()
  return {
    async stop() {
      isStopped = true
      if (timer !== null) clearTimeout(timer)
      await running
    },
  }
}
