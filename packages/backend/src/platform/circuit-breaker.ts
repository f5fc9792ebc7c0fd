/** Reads what an answer can do without: what it came to, or null where that took too long. */
export type CircuitBreaker = <T>(read: () => Promise<T>) => Promise<T | null>

/**
 * Waits `ms` for a read at most. While reads do not end, one at a time goes on trying and whoever else asks is not kept
 * waiting: a source that stands still costs one reader its time, not all of them. A read that fails has ended.
 */
export function createCircuitBreaker(ms: number): CircuitBreaker {
  let silent = false
  let trying = false

  async function inTime<T>(read: () => Promise<T>): Promise<T | null> {
    const { promise: late, resolve } = Promise.withResolvers<null>()
    const timer = setTimeout(() => {
      silent = true
      resolve(null)
    }, ms)
    const ended = (): void => {
      clearTimeout(timer)
      silent = false
    }
    const reading = read()
    // Also one that is given up tells, when it ends after all, that reads end again.
    reading.then(ended, ended)
    return Promise.race([reading, late])
  }

  return async (read) => {
    if (!silent) return inTime(read)
    if (trying) return null
    trying = true
    try {
      return await inTime(read)
    } finally {
      trying = false
    }
  }
}
