import { DomainError } from '@kickstand/domain'

/** Runs work of which only a little at a time is affordable. */
export type BoundedQueue = {
  /** Runs `work` after what was queued before. Rejects as it does, and with `overloaded` where the queue is full. */
  run<T>(work: () => Promise<T>): Promise<T>
}

/** Runs at most `concurrency` at a time; at most `maxWaiting` more wait. */
export function createBoundedQueue(concurrency: number, maxWaiting: number): BoundedQueue {
  const waiting: (() => void)[] = []
  let running = 0
  return {
    async run(work) {
      if (running < concurrency) running += 1
      else {
        if (waiting.length >= maxWaiting)
          throw new DomainError(
            'overloaded',
            'Too many people are signing in at this moment. Try again in a few seconds.',
          )
        const { promise: turn, resolve } = Promise.withResolvers<void>()
        waiting.push(resolve)
        await turn
      }
      try {
        return await work()
      } finally {
        // The next one takes this place, so that nobody else can take it in between.
        const next = waiting.shift()
        if (next === undefined) running -= 1
        else next()
      }
    },
  }
}
