import type { ReportCreatedBody, ReportInput } from '@kickstand/contract'
import { failureOf, type Failure } from '../api/http.ts'
import { bodyOf, parseOutbox, settle, settleUndo, waitAfter, type OutboxItem } from './outbox-rules.ts'

export type OutboxEvent =
  | {
      readonly type: 'delivered'
      readonly key: string
      readonly created: ReportCreatedBody | null
      /** It had to wait for a network. */
      readonly late: boolean
    }
  /** Not sent yet: it waits and will be sent. */
  | { readonly type: 'kept'; readonly key: string; readonly undo: boolean }
  | { readonly type: 'refused'; readonly key: string; readonly failure: Failure }
  | { readonly type: 'undone'; readonly key: string; readonly zoneId: string }

export type OutboxDeps = {
  readonly storage: { getItem(name: string): string | null; setItem(name: string, value: string): void }
  readonly post: (body: ReportInput, key: string) => Promise<ReportCreatedBody>
  readonly remove: (reportId: string) => Promise<void>
  readonly now: () => number
  readonly later: (run: () => void, ms: number) => void
  readonly tell: (event: OutboxEvent) => void
}

const STORED_AS = 'kickstand.outbox'

/**
 * Sends reports and takes them back, whatever the network does. A report is stored before it is sent and removed after
 * the server has answered for it, so a closed tab loses none and a repeated attempt counts once.
 */
export function createOutbox(deps: OutboxDeps) {
  let items: readonly OutboxItem[] = parseOutbox(deps.storage.getItem(STORED_AS))
  const sending = new Set<string>()
  let flushing: Promise<void> = Promise.resolve()
  const listeners = new Set<() => void>()

  function save(next: readonly OutboxItem[]): void {
    items = next
    deps.storage.setItem(STORED_AS, JSON.stringify(items))
    for (const listener of listeners) listener()
  }
  const find = (key: string) => items.find((item) => item.key === key)
  const drop = (key: string) => save(items.filter((item) => item.key !== key))
  function change(key: string, patch: Partial<OutboxItem>): void {
    save(items.map((item) => (item.key === key ? { ...item, ...patch } : item)))
  }

  async function attempt(item: OutboxItem): Promise<void> {
    if (item.reportId === null) {
      const created = await deps.post(bodyOf(item, deps.now()), item.key)
      deps.tell({ type: 'delivered', key: item.key, created, late: item.attempts > 0 })
      // The rider may have taken it back while it was on its way.
      if (find(item.key)?.undo) change(item.key, { reportId: created.report.id, attempts: 0 })
      else drop(item.key)
    } else {
      await deps.remove(item.reportId)
      drop(item.key)
      deps.tell({ type: 'undone', key: item.key, zoneId: item.input.zoneId })
    }
  }

  function fail(item: OutboxItem, failure: Failure): void {
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
    /** The reports not yet answered for. */
    items: () => items,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    add: (key: string, input: ReportInput): Promise<void> => {
      const now = deps.now()
      save([...items, { key, input, madeAt: now, attempts: 0, nextAt: now, undo: false, reportId: null }])
      return send(key)
    },
    /** Takes a report back; `reportId` is the server's where it has answered. */
    undo: (key: string, input: ReportInput, reportId: string | null): Promise<void> => {
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
