import { failureOf, type Failure } from '@kickstand/client'
import type { SafeStorage } from '../api/safe-storage.ts'
import { createEntries } from './outbox-entries.ts'
import { classifyFailure, classifyUndoFailure, retryDelay, type OutboxInput, type OutboxItem } from './outbox-rules.ts'
import type { Tabs } from './tabs.ts'

export type OutboxEvent<C> =
  | {
      readonly type: 'delivered'
      readonly key: string
      readonly created: C | null
      /** True if the first attempt failed. */
      readonly late: boolean
    }
  /** The first attempt failed; the entry is kept and will be sent later. */
  | { readonly type: 'kept'; readonly key: string; readonly undo: boolean }
  | { readonly type: 'rejected'; readonly key: string; readonly failure: Failure }
  | { readonly type: 'undone'; readonly key: string; readonly zoneId: string }

export type OutboxDeps<I extends OutboxInput, C> = {
  /** The prefix of the entries' names in the storage. */
  readonly storedAs: string
  readonly storage: SafeStorage
  readonly tabs: Tabs<OutboxEvent<C>>
  /**
   * The body to send now. It must not change between two attempts, because the server compares it under the idempotency
   * key. The exception is `late` of an old report: `classifyFailure` handles the mismatch.
   */
  readonly bodyOf: (item: OutboxItem<I>, now: number) => I
  readonly post: (body: I, key: string) => Promise<C>
  /** The id for undoing it; null if it cannot be undone. */
  readonly idOf: (created: C) => string | null
  readonly remove: (id: string) => Promise<void>
  readonly now: () => number
  readonly schedule: (run: () => void, ms: number) => void
  readonly onEvent: (event: OutboxEvent<C>) => void
}

/** How long another tab's entries are left to that tab. After that it may have been closed. */
const OTHER_TAB_GRACE_MS = 15_000

/**
 * Sends and undoes reports or contributions, across network failures and several tabs. Each entry is stored before it
 * is sent and removed after the server has answered, so a closed tab loses none and a repeated attempt counts once.
 * Only one tab at a time flushes the outbox, and only one tab at a time sends an entry.
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
    deps.onEvent(event)
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
      const reportId = deps.idOf(created)
      // The rider may have undone it before the answer. The page already shows it as undone.
      if (entries.read(key)?.undo && reportId !== null) put({ ...item, undo: true, reportId, attempts: 0 })
      else {
        publish({ type: 'delivered', key, created, late: item.attempts > 0 })
        drop(key)
      }
    } else {
      await deps.remove(item.reportId)
      drop(key)
      publish({ type: 'undone', key, zoneId: item.input.zoneId })
    }
  }

  function fail({ key }: OutboxItem<I>, failure: Failure): void {
    const item = entries.read(key)
    // Another tab has already received the answer.
    if (item === null) return
    const isSent = item.reportId !== null
    const outcome = isSent ? classifyUndoFailure(failure) : classifyFailure(failure, item, now())
    if (outcome === 'retry') {
      const attempts = item.attempts + 1
      const wait = retryDelay(attempts, failure.kind === 'rejected' ? failure.retryAfter : null)
      put({ ...item, attempts, nextAt: now() + wait })
      // Another tab is sending the same entry, so the rider needs no message.
      const isElsewhere = failure.kind === 'rejected' && failure.problem.code === 'idempotency-in-flight'
      if (attempts === 1 && !isElsewhere) deps.onEvent({ type: 'kept', key, undo: item.undo })
      deps.schedule(() => void flush(), wait)
      return
    }
    drop(key)
    // An entry that the server rejects needs no undoing.
    const isUndone = isSent ? outcome === 'delivered' : item.undo && outcome === 'rejected'
    if (isUndone) publish({ type: 'undone', key, zoneId: item.input.zoneId })
    else if (outcome === 'rejected') publish({ type: 'rejected', key, failure })
    else publish({ type: 'delivered', key, created: null, late: true })
  }

  /** Sends the entry that `find` returns. `find` runs under the entry's lock. */
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
   * Sends all due entries, oldest first. With `all`, also entries whose retry delay has not passed, as when the network
   * is back.
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
    if (items.length > 0) deps.schedule(() => void flush(), OTHER_TAB_GRACE_MS)
  })

  return {
    flush,
    /** Entries that the server has not answered yet. */
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
     * Undoes an entry. `reportId` is the server's id, or null if unknown, as after another tab has sent the entry. The
     * entry is then sent again: the server answers the same key with the same id.
     */
    undo: (key: string, input: I, reportId: string | null): Promise<void> => {
      function mark(): OutboxItem<I> | null {
        if (finished.has(key)) return null
        const at = now()
        if (entries.read(key) === null) put({ key, input, madeAt: at, attempts: 0, nextAt: at, undo: true, reportId })
        else {
          entries.markUndone(key)
          refresh()
        }
        return entries.read(key)
      }
      mark()
      return send(key, mark)
    },
  }
}
