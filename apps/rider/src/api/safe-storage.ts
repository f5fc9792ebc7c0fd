/** Storage that never throws. */
export type SafeStorage = {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  /** Stores a value in memory for this page only. It is lost when the page is closed. */
  hold(name: string, value: string): void
  removeItem(name: string): void
  names(): string[]
}

/**
 * The browser's storage. A value that it rejects (the quota is exceeded, or a private window forbids writing) is held
 * in memory until the page is closed.
 */
export function safeStorage(backing: () => Storage = () => localStorage): SafeStorage {
  const held = new Map<string, string>()
  const memoryOnly = new Set<string>()
  function attempt<T>(run: (storage: Storage) => T, fallback: T): T {
    try {
      return run(backing())
    } catch {
      return fallback
    }
  }
  return {
    getItem: (name) => held.get(name) ?? attempt((storage) => storage.getItem(name), null),
    setItem(name, value) {
      const isKept = !memoryOnly.has(name) && attempt((storage) => (storage.setItem(name, value), true), false)
      if (isKept) held.delete(name)
      else held.set(name, value)
    },
    hold(name, value) {
      memoryOnly.add(name)
      held.set(name, value)
    },
    removeItem(name) {
      held.delete(name)
      attempt((storage) => storage.removeItem(name), undefined)
    },
    names: () => [...new Set([...attempt(Object.keys, []), ...held.keys()])],
  }
}

/** The page's shared storage. */
export const storage = safeStorage()
