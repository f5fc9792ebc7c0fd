import type { ApiError } from '@kickstand/client'
import type { ReportCreatedBody, ReportInput } from '@kickstand/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { bodyAt } from '../reports/draft.ts'
import { browser, browserStorage, created, input, rejection, START, unreachable, type Event } from './fixtures.ts'
import { parseItem, classifyFailure, retryDelay, type OutboxItem } from './outbox-rules.ts'
import { createOutbox } from './outbox.ts'

/** A simulated server. `faults` are thrown by the next requests; `held` has the received reports by key. */
function world(stored = browserStorage()) {
  const { openTab } = browser(true, stored)
  const removed: string[] = []
  const held = new Map<string, { id: string; body: ReportInput }>()
  const state = {
    now: START,
    faults: [] as ApiError[],
    timers: [] as (() => void)[],
    events: [] as Event[],
    gate: Promise.resolve(),
  }
  const open = (events: Event[] = state.events) =>
    createOutbox<ReportInput, ReportCreatedBody>({
      storedAs: 'reports',
      bodyOf: bodyAt,
      idOf: ({ report }) => report.id,
      ...openTab(),
      now: () => state.now,
      schedule: (run) => void state.timers.push(run),
      onEvent: (event) => void events.push(event),
      post: async (body, key) => {
        await state.gate
        const fault = state.faults.shift()
        if (fault) throw fault
        const known = held.get(key) ?? { id: `report-${held.size}`, body }
        held.set(key, known)
        return created(known.id)
      },
      remove: async (id) => {
        const fault = state.faults.shift()
        if (fault) throw fault
        removed.push(id)
        for (const [key, report] of held) if (report.id === id) held.delete(key)
      },
    })
  return { open, held, removed, stored, state, types: () => state.events.map((event) => event.type) }
}

describe('the outbox', () => {
  let w: ReturnType<typeof world>
  beforeEach(() => {
    w = world()
  })

  it('sends at once and is empty after the answer', async () => {
    const outbox = w.open()
    await outbox.add('k1', input)
    expect(w.held.get('k1')?.body).toEqual(input)
    expect(outbox.items()).toEqual([])
    expect(w.types()).toEqual(['delivered'])
  })

  it('keeps a report offline when the tab is closed, and sends it under the same key', async () => {
    w.state.faults.push(unreachable())
    await w.open().add('k1', input)
    expect(w.types()).toEqual(['kept'])
    const reopened = w.open()
    expect(reopened.items()).toHaveLength(1)
    await reopened.flush(true)
    expect([...w.held.keys()]).toEqual(['k1'])
    expect(reopened.items()).toEqual([])
  })

  it('sends waiting entries in order, each once, also with concurrent flushes', async () => {
    w.state.faults.push(unreachable(), unreachable(), unreachable())
    const outbox = w.open([])
    for (const key of ['k1', 'k2', 'k3']) await outbox.add(key, input)
    const reopened = w.open()
    await Promise.all([reopened.flush(true), reopened.flush(true), reopened.flush()])
    expect([...w.held.keys()]).toEqual(['k1', 'k2', 'k3'])
    const delivered = w.state.events.filter(({ type }) => type === 'delivered')
    expect(delivered).toMatchObject(['k1', 'k2', 'k3'].map((key) => ({ key, late: true })))
  })

  it('marks an old report as late', async () => {
    w.state.faults.push(unreachable())
    const outbox = w.open()
    await outbox.add('k1', input)
    w.state.now += 26 * 60_000
    await outbox.flush(true)
    expect(w.held.get('k1')?.body).toEqual({ ...input, late: true })
  })

  it('emits one event for a waiting report, however often it fails', async () => {
    w.state.faults.push(unreachable(), unreachable(), rejection(503, 'overloaded'))
    const outbox = w.open()
    await outbox.add('k1', input)
    await outbox.flush(true)
    await outbox.flush(true)
    expect(w.types()).toEqual(['kept'])
    expect(outbox.items()[0]?.attempts).toBe(3)
    await outbox.flush(true)
    expect(w.types()).toEqual(['kept', 'delivered'])
  })

  it('drops a report that the server rejects, and emits the reason', async () => {
    w.state.faults.push(rejection(404, 'zone-not-found'))
    const outbox = w.open()
    await outbox.add('k1', input)
    expect(outbox.items()).toEqual([])
    expect(w.types()).toEqual(['rejected'])
  })

  it('undoes a report that was answered', async () => {
    const outbox = w.open()
    await outbox.add('k1', input)
    await outbox.undo('k1', input, 'report-0')
    expect(w.held.size).toBe(0)
    expect(w.types()).toEqual(['delivered', 'undone'])
  })

  it('undoes a report that is still being sent', async () => {
    let openGate = () => {}
    w.state.gate = new Promise((resolve) => (openGate = () => resolve()))
    const outbox = w.open()
    const sending = outbox.add('k1', input)
    const undoing = outbox.undo('k1', input, null)
    openGate()
    await Promise.all([sending, undoing])
    expect(w.held.size).toBe(0)
    expect(outbox.items()).toEqual([])
    expect(w.types()).toEqual(['undone'])
  })

  it('sends and undoes a waiting report that was undone, without an event that it was sent', async () => {
    w.state.faults.push(unreachable(), unreachable())
    const outbox = w.open()
    await outbox.add('k1', input)
    await outbox.undo('k1', input, null)
    expect(w.types()).toEqual(['kept'])
    await outbox.flush(true)
    expect(w.removed).toEqual(['report-0'])
    expect(w.types()).toEqual(['kept', 'undone'])
  })

  it('reports a failed first attempt of an undone report as an undo that waits', async () => {
    let openGate = () => {}
    w.state.gate = new Promise((resolve) => (openGate = () => resolve()))
    w.state.faults.push(unreachable(), unreachable())
    const outbox = w.open()
    const sending = outbox.add('k1', input)
    const undoing = outbox.undo('k1', input, null)
    openGate()
    await Promise.all([sending, undoing])
    expect(w.state.events).toMatchObject([{ type: 'kept', undo: true }])
  })

  it('counts an undone report that the server rejects as undone', async () => {
    w.state.faults.push(unreachable())
    const outbox = w.open()
    await outbox.add('k1', input)
    w.state.faults.push(rejection(404, 'zone-not-found'))
    await outbox.undo('k1', input, null)
    expect(outbox.items()).toEqual([])
    expect(w.types()).toEqual(['kept', 'undone'])
  })

  it('undoes a report offline as soon as there is a network', async () => {
    const outbox = w.open()
    await outbox.add('k1', input)
    w.state.faults.push(unreachable())
    await outbox.undo('k1', input, 'report-0')
    expect(w.held.size).toBe(1)
    await outbox.flush(true)
    expect(w.held.size).toBe(0)
    expect(w.types()).toEqual(['delivered', 'kept', 'undone'])
  })

  it('sends one request and reports one undo, however often the button is pressed', async () => {
    const outbox = w.open()
    await outbox.add('k1', input)
    await Promise.all([outbox.undo('k1', input, 'report-0'), outbox.undo('k1', input, 'report-0')])
    await outbox.undo('k1', input, 'report-0')
    expect(w.removed).toEqual(['report-0'])
    expect(w.types()).toEqual(['delivered', 'undone'])
  })

  it('undoes a report that another tab has sent', async () => {
    w.state.faults.push(unreachable())
    const [mine, other] = [w.open(), w.open()]
    await mine.add('k1', input)
    await other.flush(true)
    expect(mine.items()).toEqual([])
    expect([...w.held.keys()]).toEqual(['k1'])
    await mine.undo('k1', input, null)
    expect(w.held.size).toBe(0)
    expect(w.types().at(-1)).toBe('undone')
  })

  it('reports the result of a report to the other tabs', async () => {
    const events: Event[][] = [[], []]
    w.open(events[0])
    await w.open(events[1]).add('k1', input)
    expect(events[0]).toMatchObject([{ type: 'delivered', key: 'k1', created: { report: { id: 'report-0' } } }])
    expect(events[1]).toEqual(events[0])
  })

  it('sends and undoes entries at once where the storage is full', async () => {
    const full = world(browserStorage(() => false))
    const outbox = full.open()
    await outbox.add('k1', input)
    expect([...full.held.keys()]).toEqual(['k1'])
    await outbox.undo('k1', input, 'report-0')
    expect(full.held.size).toBe(0)
    full.state.faults.push(unreachable())
    await outbox.add('k2', input)
    expect(outbox.items()).toHaveLength(1)
    await outbox.flush(true)
    expect([...full.held.keys()]).toEqual(['k2'])
    expect(full.types()).toEqual(['delivered', 'undone', 'kept', 'delivered'])
  })

  it('hides entries from other tabs that only this one can send', async () => {
    w.state.faults.push(unreachable())
    const [mine, other] = [w.open(), w.open()]
    await mine.add('k1', input, true)
    expect(other.items()).toEqual([])
    expect(Object.keys(w.stored)).toEqual([])
    await mine.flush(true)
    expect([...w.held.keys()]).toEqual(['k1'])
  })

  it('counts a report that no longer exists as undone', async () => {
    const outbox = w.open()
    await outbox.add('k1', input)
    w.state.faults.push(rejection(404, 'report-not-found'))
    await outbox.undo('k1', input, 'report-0')
    expect(w.types()).toEqual(['delivered', 'undone'])
  })
})

describe('the rules of the outbox', () => {
  const item: OutboxItem<ReportInput> = {
    key: 'k',
    input,
    madeAt: START,
    attempts: 1,
    nextAt: START,
    undo: false,
    reportId: null,
  }

  it('double the retry delay up to five minutes, and respect Retry-After', () => {
    expect([1, 2, 3, 20].map((attempts) => retryDelay(attempts, null))).toEqual([2_000, 4_000, 8_000, 300_000])
    expect(retryDelay(1, 60)).toBe(60_000)
  })

  it('count an idempotency mismatch as delivered', () => {
    expect(classifyFailure(rejection(422, 'idempotency-mismatch').failure, item, START)).toBe('delivered')
  })

  it('drop an entry that could not be sent for a day', () => {
    expect(classifyFailure({ kind: 'unreachable' }, item, START + 60_000)).toBe('retry')
    expect(classifyFailure({ kind: 'unreachable' }, item, START + 25 * 3_600_000)).toBe('rejected')
  })

  it.each([null, '', '{', 'null', '[]', '7', '{"key":"x"}'])('%j is not an entry', (text) => {
    expect(parseItem(text)).toBeNull()
  })
})
