import { storage } from '../api/safe-storage.ts'

/** How the tabs of this page keep out of each other's way. */
export type Tabs<E> = {
  /** Runs when no other has the name, in this tab or another. */
  alone<T>(name: string, run: () => Promise<T>): Promise<T>
  /** To all other tabs. */
  tell(event: E): void
  /** `hear` is called with what another tells, `look` when another has written to the storage. */
  listen(hear: (event: E) => void, look: () => void): void
}

/**
 * The tabs of this browser. Without Web Locks (a page that came by plain http) only this tab is kept from sending twice at
 * once; of two tabs that send the same, the server counts one by its idempotency key.
 */
export function openTabs<E>(storedAs: string): Tabs<E> {
  const locks: LockManager | undefined = navigator.locks
  // Written and removed at once: the others get an event of it. A channel would keep the page out of the back/forward cache.
  const told = `${storedAs}:told`
  return {
    alone: locks ? (name, run) => locks.request(name, run) : oneAfterTheOther(),
    tell(event) {
      storage.setItem(told, JSON.stringify(event))
      storage.removeItem(told)
    },
    listen(hear, look) {
      addEventListener('storage', ({ key, newValue }) => {
        if (key === told) {
          if (newValue) hear(JSON.parse(newValue) as E)
        } else if (key?.startsWith(`${storedAs}.`) ?? true) look()
      })
    },
  }
}

/** Locks of one tab. */
export function oneAfterTheOther(): Tabs<never>['alone'] {
  const last = new Map<string, Promise<unknown>>()
  return (name, run) => {
    const next = (last.get(name) ?? Promise.resolve()).then(run, run)
    last.set(name, next)
    return next
  }
}
