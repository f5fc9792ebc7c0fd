import type { SafeStorage } from '../api/safe-storage.ts'
import { parseItem, type OutboxInput, type OutboxItem } from './outbox-rules.ts'

/**
 * The entries of an outbox in the browser's storage. Each entry and each undo mark is stored under its own name, so
 * tabs that write at the same time do not overwrite each other.
 */
export function createEntries<I extends OutboxInput>(storedAs: string, storage: SafeStorage) {
  const prefix = `${storedAs}.`
  const UNDO_SUFFIX = '.undo'

  function read(key: string): OutboxItem<I> | null {
    const item = parseItem<I>(storage.getItem(prefix + key))
    return item && { ...item, undo: item.undo || storage.getItem(prefix + key + UNDO_SUFFIX) !== null }
  }
  function put(item: OutboxItem<I>, isOwn = false): void {
    storage[isOwn ? 'hold' : 'setItem'](prefix + item.key, JSON.stringify(item))
  }

  return {
    read,
    put,
    markUndone: (key: string) => storage.setItem(prefix + key + UNDO_SUFFIX, '1'),
    remove(key: string): void {
      storage.removeItem(prefix + key)
      storage.removeItem(prefix + key + UNDO_SUFFIX)
    },
    /** All entries, oldest first. */
    all(): readonly OutboxItem<I>[] {
      return storage
        .names()
        .flatMap((name) => (name.startsWith(prefix) ? (read(name.slice(prefix.length)) ?? []) : []))
        .toSorted((a, b) => a.madeAt - b.madeAt)
    },
  }
}
