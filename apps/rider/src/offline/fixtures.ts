import { ApiError } from '@kickstand/client'
import type { ReportCreatedBody, ReportInput } from '@kickstand/contract'
import { safeStorage, type SafeStorage } from '../api/safe-storage.ts'
import type { OutboxEvent } from './outbox.ts'
import { createTabLocks, type Tabs } from './tabs.ts'

export type Event = OutboxEvent<ReportCreatedBody>
export const START = Date.parse('2026-06-01T12:00:00Z')
export const input: ReportInput = {
  zoneId: 'zone00000001',
  kind: 'level',
  level: 'few',
  observedAt: new Date(START).toISOString(),
}

export function rejection(
  status: number,
  code: 'idempotency-mismatch' | 'idempotency-in-flight' | 'zone-not-found' | 'overloaded' | 'report-not-found',
): ApiError {
  return new ApiError({
    kind: 'rejected',
    problem: { type: 'about:blank', title: '', status, code, detail: 'why' },
    retryAfter: null,
  })
}
export const unreachable = (): ApiError => new ApiError({ kind: 'unreachable' })

/** Storage like a browser's: entries are own properties. `accepts` returns false to simulate an exceeded quota. */
export function browserStorage(accepts: (name: string) => boolean = () => true): Storage {
  const methods = {
    getItem(this: Record<string, string>, name: string) {
      return Object.hasOwn(this, name) ? this[name] : null
    },
    setItem(this: Record<string, string>, name: string, value: string) {
      if (!accepts(name)) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      this[name] = value
    },
    removeItem(this: Record<string, string>, name: string) {
      delete this[name]
    },
  }
  return Object.create(methods) as Storage
}

/**
 * The tabs of one browser. All share one storage. With `hasLocks` they share locks, and a closed tab releases its own.
 */
export function browser(hasLocks: boolean, stored = browserStorage()) {
  type Held = { readonly tab: number; readonly done: () => void }
  const queues = new Map<string, Held[]>()
  const open = new Map<number, { onEvent: (event: Event) => void; onStorage: () => void }>()
  let count = 0

  async function lock<T>(tab: number, name: string, run: () => Promise<T>): Promise<T> {
    const queue = queues.get(name) ?? []
    queues.set(name, queue)
    const before = queue.at(-1)
    const { promise, resolve } = Promise.withResolvers<void>()
    const own: Held & { readonly gone: Promise<void> } = { tab, done: resolve, gone: promise }
    queue.push(own)
    await (before as typeof own | undefined)?.gone
    if (!open.has(tab)) return new Promise<never>(() => undefined)
    try {
      return await run()
    } finally {
      queue.splice(queue.indexOf(own), 1)
      resolve()
    }
  }

  function openTab(): { tabs: Tabs<Event>; storage: SafeStorage; isOpen: () => boolean; close: () => void } {
    const tab = count
    count += 1
    open.set(tab, { onEvent: () => undefined, onStorage: () => undefined })
    const others = () => [...open].filter(([other]) => other !== tab).map(([, listener]) => listener)
    const under = safeStorage(() => stored)
    /** Other tabs are notified of a change asynchronously, as by `storage` events. */
    function watched(change: () => void): void {
      const before = JSON.stringify(stored)
      change()
      if (JSON.stringify(stored) === before) return
      queueMicrotask(() => {
        for (const { onStorage } of others()) onStorage()
      })
    }
    return {
      isOpen: () => open.has(tab),
      close() {
        open.delete(tab)
        for (const queue of queues.values()) {
          for (const held of queue.filter((one) => one.tab === tab)) {
            queue.splice(queue.indexOf(held), 1)
            held.done()
          }
        }
      },
      storage: {
        ...under,
        setItem: (name, value) => watched(() => under.setItem(name, value)),
        removeItem: (name) => watched(() => under.removeItem(name)),
      },
      tabs: {
        withLock: hasLocks ? (name, run) => lock(tab, name, run) : createTabLocks(),
        broadcast: (event) => {
          for (const { onEvent } of others()) onEvent(event)
        },
        listen: (onEvent, onStorage) => void open.set(tab, { onEvent, onStorage }),
      },
    }
  }
  return { stored, openTab }
}

/** The answer of the service to a new report, for tests. */
export function created(id: string): ReportCreatedBody {
  return {
    report: {
      id,
      zoneId: input.zoneId,
      kind: 'level',
      count: null,
      level: 'few',
      problem: null,
      observedAt: new Date(START).toISOString(),
      receivedAt: new Date(START).toISOString(),
      distance: null,
      overCapacity: false,
      effect: 'estimate',
    },
    availability: {
      state: 'few',
      expectedFree: 1,
      freeLow: 0,
      freeHigh: 2,
      chance: 0.6,
      observedAt: null,
      ageSeconds: 0,
      source: 'rider',
      reports: 1,
      reportsDisagree: false,
      capacityDoubted: false,
      latest: null,
    },
  }
}
