import { storage } from '../api/safe-storage.ts'

/** Locks and messages between the tabs of this page. */
export type Tabs<E> = {
  /** Runs while no other task, in this tab or another, holds the lock of this name. */
  withLock<T>(name: string, run: () => Promise<T>): Promise<T>
  /** Sends an event to all other tabs. */
  broadcast(event: E): void
  /**
   * `onEvent` receives the events of other tabs. `onStorage` is called after another tab has written to the storage.
   */
  listen(onEvent: (event: E) => void, onStorage: () => void): void
}

/**
 * The tabs of this browser. Without Web Locks (on plain http) locks hold within one tab only. Where two tabs then send
 * the same entry, the server counts it once by its idempotency key.
 */
export function openTabs<E>(storedAs: string): Tabs<E> {
  const locks: LockManager | undefined = navigator.locks
  // Written and removed at once, which fires `storage` events in other tabs. A BroadcastChannel would disable the
  // back/forward cache.
  const eventKey = `${storedAs}:event`
  return {
    withLock: locks ? (name, run) => locks.request(name, run) : createTabLocks(),
    broadcast(event) {
      storage.setItem(eventKey, JSON.stringify(event))
      storage.removeItem(eventKey)
    },
    listen(onEvent, onStorage) {
      addEventListener('storage', ({ key, newValue }) => {
        if (key === eventKey) {
          if (newValue) onEvent(JSON.parse(newValue) as E)
        } else if (key?.startsWith(`${storedAs}.`) ?? true) onStorage()
      })
    },
  }
}

/** FIFO mutexes by name, within one tab. */
export function createTabLocks(): Tabs<never>['withLock'] {
  const last = new Map<string, Promise<unknown>>()
  return (name, run) => {
    const next = (last.get(name) ?? Promise.resolve()).then(run, run)
    last.set(name, next)
    return next
  }
}
