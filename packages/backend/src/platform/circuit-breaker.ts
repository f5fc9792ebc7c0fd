/** Runs a read of optional data. Returns its result, or null if it took too long. */
export type CircuitBreaker = <T>(read: () => Promise<T>) => Promise<T | null>

/**
 * Waits at most `ms` for a read. After a timeout only one read at a time is tried and all others return null at once,
 * until a read ends: so a slow source delays one request, not all of them. A read that fails has ended.
 */
export function createCircuitBreaker(ms: number): CircuitBreaker {
  let isOpen = false
  let isTrying = false

  async function runWithTimeout<T>(read: () => Promise<T>): Promise<T | null> {
    const { promise: timedOut, resolve } = Promise.withResolvers<null>()
    const timer = setTimeout(() => {
      isOpen = true
      resolve(null)
    }, ms)
    const ended = (): void => {
      clearTimeout(timer)
      isOpen = false
    }
    const reading = read()
    // A read that ends after its timeout closes the breaker, too.
    reading.then(ended, ended)
    return Promise.race([reading, timedOut])
  }

  return async (read) => {
    if (!isOpen) return runWithTimeout(read)
    if (isTrying) return null
    isTrying = true
    try {
      return await runWithTimeout(read)
    } finally {
      isTrying = false
    }
  }
}
