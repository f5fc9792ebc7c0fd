/**
 * Work that many callers need done after their call. Calls during a run share the next one, since the running one may
 * have begun too early for them.
 */
export type SharedRuns = {
  /** Resolves when a run that began after this call has ended. Rejects as that run does. */
  run(): Promise<void>
  /** Whether a run that has not begun yet is requested. */
  isRequested(): boolean
  /** Resolves when no run is in progress or requested. Never rejects. */
  idle(): Promise<void>
}

/** `delay` is awaited before each run; calls in the meantime share that run. */
export function createSharedRuns(work: () => Promise<void>, delay?: () => Promise<void>): SharedRuns {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null

  function begin(): Promise<void> {
    running = work().finally(() => {
      running = null
    })
    return running
  }

  async function runNext(): Promise<void> {
    await running?.catch(() => undefined)
    await delay?.()
    next = null
    await (running ?? begin())
  }

  return {
    run() {
      if (next === null && running === null && delay === undefined) return begin()
      next ??= runNext()
      return next
    },
    isRequested: () => next !== null,
    async idle() {
      while (next !== null || running !== null) await (next ?? running)?.catch(() => undefined)
    },
  }
}
