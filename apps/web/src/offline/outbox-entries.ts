import type { SafeStorage } from '../api/safe-storage.ts'
import { parseItem, parseOutbox, type OutboxInput, type OutboxItem } from './outbox-rules.ts'

/**
 * The entries of an outbox in the browser's storage. Each has a name of its own, and so has the mark that it is taken back:
 * of two tabs that write at once, neither writes over what the other wrote.
 */
export function createEntries<I extends OutboxInput>(storedAs: string, storage: SafeStorage) {
  const prefix = `${storedAs}.`
  const MARK = '.undo'

  function read(key: string): OutboxItem<I> | null {
    const item = parseItem<I>(storage.getItem(prefix + key))
    return item && { ...item, undo: item.undo || storage.getItem(prefix + key + MARK) !== null }
  }
  function put(item: OutboxItem<I>, isOwn = false): void {
    storage[isOwn ? 'hold' : 'setItem'](prefix + item.key, JSON.stringify(item))
  }

  return {
    read,
    put,
    takeBack: (key: string) => storage.setItem(prefix + key + MARK, '1'),
    remove(key: string): void {
      storage.removeItem(prefix + key)
      storage.removeItem(prefix + key + MARK)
    },
    /** In the order that they were made. */
    all(): readonly OutboxItem<I>[] {
      // As the page kept them before: all under one name.
      const before = parseOutbox<I>(storage.getItem(storedAs))
      storage.removeItem(storedAs)
      for (const item of before) put(item)
      return storage
        .names()
        .flatMap((name) => (name.startsWith(prefix) ? (read(name.slice(prefix.length)) ?? []) : []))
        .toSorted((a, b) => a.madeAt - b.madeAt)
    },
  }
}
