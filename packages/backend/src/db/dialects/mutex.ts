/** Lets one go at a time, in the order in which they asked. */
export type Mutex = {
  /** Resolves when it is one's turn, to what ends it. */
  turn(): Promise<() => void>
}

export function createMutex(): Mutex {
  let last: Promise<void> = Promise.resolve()
  return {
    async turn() {
      const before = last
      const { promise, resolve } = Promise.withResolvers<void>()
      last = promise
      await before
      return resolve
    },
  }
}
