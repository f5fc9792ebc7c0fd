import { failureOf, type Failure } from '../api/http.ts'
import type { SafeStorage } from '../api/safe-storage.ts'
import { createEntries } from './outbox-entries.ts'
import { settle, settleUndo, waitAfter, type OutboxInput, type OutboxItem } from './outbox-rules.ts'
import type { Tabs } from './tabs.ts'

export type OutboxEvent<C> =
  | {
      readonly type: 'delivered'
      readonly key: string
      readonly created: C | null
      /** It had to wait for a network. */
      readonly late: boolean
    }
  /** Not sent yet: it waits and will be sent. */
  | { readonly type: 'kept'; readonly key: string; readonly undo: boolean }
  | { readonly type: 'refused'; readonly key: string; readonly failure: Failure }
  | { readonly type: 'undone'; readonly key: string; readonly zoneId: string }

export type OutboxDeps<I extends OutboxInput, C> = {
  /** The name that it is stored under. */
  readonly storedAs: string
  readonly storage: SafeStorage
  readonly tabs: Tabs<OutboxEvent<C>>
  /**
   * The body to send now. It must not change between two attempts (the server compares it under the key), save that an old
   * report has to own up to its age; `settle` knows what a mismatch then means.
   */
  readonly bodyOf: (item: OutboxItem<I>, now: number) => I
  readonly post: (body: I, key: string) => Promise<C>
  /** By what the server takes it back; null where there is nothing to take back. */
  readonly idOf: (created: C) => string | null
  readonly remove: (id: string) => Promise<void>
  readonly now: () => number
  readonly later: (run: () => void, ms: number) => void
  readonly tell: (event: OutboxEvent<C>) => void
}

/** How long another tab's entries are left to that tab. After that it may have been closed. */
const OTHER_TAB_GRACE_MS = 15_000

/**
 * Sends and undoes reports or contributions, across network failures and several tabs. Each entry is stored before it is sent
 * and removed after the server has answered, so a closed tab loses none and a repeated attempt counts once. Only one tab at a
 * time flushes the outbox, and only one tab at a time sends an entry.
 */
export function createOutbox<I extends OutboxInput, C>(deps: OutboxDeps<I, C>) {
  const { tabs, now } = deps
  const entries = createEntries<I>(deps.storedAs, deps.storage)
  let items = entries.all()
  /** Keys of entries that were undone or rejected: they cannot be undone any more. */
  const finished = new Set<string>()
  const listeners = new Set<() => void>()

  function refresh(): void {
    items = entries.all()
    for (const listener of listeners) listener()
  }
  function put(item: OutboxItem<I>, isOwn?: boolean): void {
    entries.put(item, isOwn)
    refresh()
  }
  function drop(key: string): void {
    entries.remove(key)
    refresh()
  }
  function receive(event: OutboxEvent<C>): void {
    if (event.type !== 'delivered') finished.add(event.key)
    deps.tell(event)
  }
  /** Reports an event in this tab and in the others. */
  function publish(event: OutboxEvent<C>): void {
    tabs.broadcast(event)
    receive(event)
  }

  async function attempt(item: OutboxItem<I>): Promise<void> {
    const { key } = item
    if (item.reportId === null) {
      const created = await deps.post(deps.bodyOf(item, now()), key)
      publish({ type: 'delivered', key, created, late: item.attempts > 0 })
      // The rider may have taken it back while it was on its way.
      const reportId = deps.idOf(created)
      if (entries.read(key)?.undo && reportId !== null) put({ ...item, undo: true, reportId, attempts: 0 })
      else drop(key)
    } else {
      await deps.remove(item.reportId)
      drop(key)
      publish({ type: 'undone', key, zoneId: item.input.zoneId })
    }
  }

  function fail({ key }: OutboxItem<I>, failure: Failure): void {
    const item = entries.read(key)
    // Another tab has received the answer meanwhile.
    if (item === null) return
    const undo = item.reportId !== null
    const verdict = undo ? settleUndo(failure) : settle(failure, item, now())
    if (verdict === 'again') {
      const attempts = item.attempts + 1
      const wait = waitAfter(attempts, failure.kind === 'refused' ? failure.retryAfter : null)
      put({ ...item, attempts, nextAt: now() + wait })
      // Another tab is sending the same entry: the rider need not know.
      const isElsewhere = failure.kind === 'refused' && failure.problem.code === 'idempotency-in-flight'
      if (attempts === 1 && !isElsewhere) deps.tell({ type: 'kept', key, undo })
      deps.later(() => void flush(), wait)
      return
    }
    drop(key)
    if (verdict === 'refused') publish({ type: 'refused', key, failure })
    else if (undo) publish({ type: 'undone', key, zoneId: item.input.zoneId })
    else publish({ type: 'delivered', key, created: null, late: true })
  }

  /** `find` runs under the entry's lock and returns what is to be sent. */
  function send(key: string, find: () => OutboxItem<I> | null): Promise<void> {
    return tabs.withLock(`${deps.storedAs}.${key}`, async () => {
      let item = find()
      while (item !== null) {
        try {
          await attempt(item)
        } catch (error) {
          fail(item, failureOf(error))
        }
        item = entries.read(key)
        if (item !== null && item.attempts > 0) return
      }
    })
  }

  /**
   * Tries whatever is due, one after the other in the order they were made; with `all`, also what is still waiting (the
   * network is back).
   */
  function flush(all = false): Promise<void> {
    return tabs.withLock(deps.storedAs, async () => {
      refresh()
      for (const { key } of items) {
        await send(key, () => {
          const item = entries.read(key)
          return item !== null && (all || item.nextAt <= now()) ? item : null
        })
      }
    })
  }

  tabs.listen(receive, () => {
    refresh()
    if (items.length > 0) deps.later(() => void flush(), OTHER_TAB_GRACE_MS)
  })

  return {
    flush,
    /** What is not yet answered for. */
    items: () => items,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** With `isOwn` only this tab can see and send it. */
    add: (key: string, input: I, isOwn?: boolean): Promise<void> => {
      const at = now()
      put({ key, input, madeAt: at, attempts: 0, nextAt: at, undo: false, reportId: null }, isOwn)
      return send(key, () => entries.read(key))
    },
    /**
     * Undoes an entry. `reportId` is the server's id where it is known. Where it is not, as after another tab has sent the entry, the
     * entry is sent again: the server answers the same key with the same id.
     */
    undo: (key: string, input: I, reportId: string | null): Promise<void> => {
      function mark(): OutboxItem<I> | null {
        if (finished.has(key)) return null
        const at = now()
        if (entries.read(key) === null) put({ key, input, madeAt: at, attempts: 0, nextAt: at, undo: true, reportId })
        else {
          entries.takeBack(key)
          refresh()
        }
        return entries.read(key)
      }
      mark()
      return send(key, mark)
    },
  }
}
