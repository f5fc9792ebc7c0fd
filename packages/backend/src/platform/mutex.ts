/** FIFO mutex. */
export type Mutex = {
  /** Resolves to the function that releases the mutex. */
  acquire(): Promise<() => void>
  /** Runs `work` alone, after everything that asked before. Rejects as `work` does. */
  run<T>(work: () => Promise<T>): Promise<T>
}

/** A mutex that nobody holds. */
export function createMutex(): Mutex {
  let last: Promise<void> = Promise.resolve()

  async function acquire(): Promise<() => void> {
    const before = last
    const { promise, resolve } = Promise.withResolvers<void>()
    last = promise
    await before
    return resolve
  }

  return {
    acquire,
    async run(work) {
      const release = await acquire()
      try {
        return await work()
      } finally {
        release()
      }
    },
  }
}
