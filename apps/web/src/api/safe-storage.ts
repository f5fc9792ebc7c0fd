/** Storage that never throws. */
export type SafeStorage = {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  /** For this page alone, gone when it is closed. */
  hold(name: string, value: string): void
  removeItem(name: string): void
  names(): string[]
}

/**
 * The browser's storage. What it does not take (it is full, or forbidden as in private windows) is held in memory: the
 * page works on and forgets it when it is closed.
 */
export function safeStorage(browsers: () => Storage = () => localStorage): SafeStorage {
  const held = new Map<string, string>()
  const own = new Set<string>()
  function attempt<T>(run: (storage: Storage) => T, otherwise: T): T {
    try {
      return run(browsers())
    } catch {
      return otherwise
    }
  }
  return {
    getItem: (name) => held.get(name) ?? attempt((storage) => storage.getItem(name), null),
    setItem(name, value) {
      const isKept = !own.has(name) && attempt((storage) => (storage.setItem(name, value), true), false)
      if (isKept) held.delete(name)
      else held.set(name, value)
    },
    hold(name, value) {
      own.add(name)
      held.set(name, value)
    },
    removeItem(name) {
      held.delete(name)
      attempt((storage) => storage.removeItem(name), undefined)
    },
    names: () => [...new Set([...attempt(Object.keys, []), ...held.keys()])],
  }
}

/** One for the whole page. */
export const storage = safeStorage()
