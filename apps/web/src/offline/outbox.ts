import { failureOf, type Failure } from '../api/http.ts'
import { parseOutbox, settle, settleUndo, waitAfter, type OutboxInput, type OutboxItem } from './outbox-rules.ts'

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
  readonly storage: { getItem(name: string): string | null; setItem(name: string, value: string): void }
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

/**
 * Sends reports, or facts, and takes them back, whatever the network does. Each is stored before it is sent and removed after
 * the server has answered for it, so a closed tab loses none and a repeated attempt counts once.
 */
export function createOutbox<I extends OutboxInput, C>(deps: OutboxDeps<I, C>) {
  let items: readonly OutboxItem<I>[] = parseOutbox(deps.storage.getItem(deps.storedAs))
  const sending = new Set<string>()
  let flushing: Promise<void> = Promise.resolve()
  const listeners = new Set<() => void>()

  function save(next: readonly OutboxItem<I>[]): void {
    items = next
    deps.storage.setItem(deps.storedAs, JSON.stringify(items))
    for (const listener of listeners) listener()
  }
  const find = (key: string) => items.find((item) => item.key === key)
  const drop = (key: string) => save(items.filter((item) => item.key !== key))
  function change(key: string, patch: Partial<OutboxItem<I>>): void {
    save(items.map((item) => (item.key === key ? { ...item, ...patch } : item)))
  }

  async function attempt(item: OutboxItem<I>): Promise<void> {
    if (item.reportId === null) {
      const created = await deps.post(deps.bodyOf(item, deps.now()), item.key)
      deps.tell({ type: 'delivered', key: item.key, created, late: item.attempts > 0 })
      // The rider may have taken it back while it was on its way.
      const id = deps.idOf(created)
      if (find(item.key)?.undo && id !== null) change(item.key, { reportId: id, attempts: 0 })
      else drop(item.key)
    } else {
      await deps.remove(item.reportId)
      drop(item.key)
      deps.tell({ type: 'undone', key: item.key, zoneId: item.input.zoneId })
    }
  }

  function fail(item: OutboxItem<I>, failure: Failure): void {
    const undoing = item.reportId !== null
    const verdict = undoing ? settleUndo(failure) : settle(failure, item, deps.now())
    if (verdict === 'again') {
      const attempts = item.attempts + 1
      const wait = waitAfter(attempts, failure.kind === 'refused' ? failure.retryAfter : null)
      change(item.key, { attempts, nextAt: deps.now() + wait })
      if (attempts === 1) deps.tell({ type: 'kept', key: item.key, undo: undoing })
      deps.later(() => void flush(), wait)
      return
    }
    drop(item.key)
    if (verdict === 'refused') deps.tell({ type: 'refused', key: item.key, failure })
    else if (undoing) deps.tell({ type: 'undone', key: item.key, zoneId: item.input.zoneId })
    else deps.tell({ type: 'delivered', key: item.key, created: null, late: true })
  }

  async function send(key: string): Promise<void> {
    if (sending.has(key)) return
    sending.add(key)
    const item = find(key)
    try {
      if (item) await attempt(item)
    } catch (error) {
      if (item) fail(find(key) ?? item, failureOf(error))
    } finally {
      sending.delete(key)
    }
    const left = find(key)
    if (left && left.attempts === 0) await send(key)
  }

  /**
   * Tries whatever is due, one after the other in the order they were made; with `all`, also what is still waiting (the
   * network is back).
   */
  function flush(all = false): Promise<void> {
    flushing = sendDue(flushing, all)
    return flushing
  }

  async function sendDue(before: Promise<void>, all: boolean): Promise<void> {
    await before
    const now = deps.now()
    for (const { key } of items.filter((item) => all || item.nextAt <= now)) await send(key)
  }

  return {
    flush,
    /** What is not yet answered for. */
    items: () => items,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    add: (key: string, input: I): Promise<void> => {
      const now = deps.now()
      save([...items, { key, input, madeAt: now, attempts: 0, nextAt: now, undo: false, reportId: null }])
      return send(key)
    },
    /** Takes one back; `reportId` is the server's where it has answered. */
    undo: (key: string, input: I, reportId: string | null): Promise<void> => {
      const item = find(key)
      if (item) change(key, { undo: true })
      else if (reportId !== null) {
        const now = deps.now()
        save([...items, { key, input, madeAt: now, attempts: 0, nextAt: now, undo: true, reportId }])
      }
      return send(key)
    },
  }
}
