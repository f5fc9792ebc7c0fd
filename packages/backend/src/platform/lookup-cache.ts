import type { Clock } from './clock.ts'

const MAX_ENTRIES = 10_000

/** Results of lookups, by key. */
export type LookupCache<T> = {
  /** The result for a key: from memory, or of `read`. A lookup that fails is not kept, so that the next call tries again. */
  get(key: string, read: () => Promise<T>): Promise<T>
  clear(): void
}

/** Keeps the result of each lookup for `ms` milliseconds. Calls at the same moment share one lookup. `uptime`: monotonic. */
export function createLookupCache<T>(uptime: Clock, ms: number): LookupCache<T> {
  const entries = new Map<string, { readonly at: number; readonly result: Promise<T> }>()
  return {
    get(key, read) {
      const now = uptime()
      const kept = entries.get(key)
      if (kept !== undefined && now - kept.at < ms) return kept.result
      if (entries.size >= MAX_ENTRIES) entries.clear()
      const result = read()
      entries.set(key, { at: now, result })
      result.catch(() => entries.delete(key))
      return result
    },
    clear: () => entries.clear(),
  }
}
