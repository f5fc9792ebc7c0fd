import type { ReportCreatedBody, ReportInput } from '@kickstand/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError } from '../api/http.ts'
import { bodyAt } from '../reports/draft.ts'
import { parseOutbox, settle, waitAfter, type OutboxItem } from './outbox-rules.ts'
import { createOutbox, type OutboxEvent } from './outbox.ts'

const START = Date.parse('2026-06-01T12:00:00Z')
const input: ReportInput = {
  zoneId: 'zone00000001',
  kind: 'level',
  level: 'few',
  observedAt: new Date(START).toISOString(),
}

function refusal(
  status: number,
  code: 'idempotency-mismatch' | 'zone-not-found' | 'overloaded' | 'report-not-found',
): ApiError {
  return new ApiError({
    kind: 'refused',
    problem: { type: 'about:blank', title: '', status, code, detail: 'why' },
    retryAfter: null,
  })
}
const unreachable = () => new ApiError({ kind: 'unreachable' })

/** A server that can be cut off, one answer at a time; what it holds is counted by key. */
function world() {
  const stored = new Map<string, string>()
  const held = new Map<string, { id: string; body: ReportInput }>()
  const state = {
    now: START,
    faults: [] as ApiError[],
    timers: [] as (() => void)[],
    events: [] as OutboxEvent<ReportCreatedBody>[],
    gate: Promise.resolve(),
  }
  const open = () =>
    createOutbox<ReportInput, ReportCreatedBody>({
      storedAs: 'reports',
      bodyOf: bodyAt,
      idOf: ({ report }) => report.id,
      storage: { getItem: (name) => stored.get(name) ?? null, setItem: (name, value) => void stored.set(name, value) },
      now: () => state.now,
      later: (run) => void state.timers.push(run),
      tell: (event) => void state.events.push(event),
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
        for (const [key, report] of held) if (report.id === id) held.delete(key)
      },
    })
  return { open, held, state, types: () => state.events.map((event) => event.type) }
}

function created(id: string): ReportCreatedBody {
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
    },
  }
}

describe('the outbox', () => {
  let w: ReturnType<typeof world>
  beforeEach(() => {
    w = world()
  })

  it('sends at once and holds nothing after the answer', async () => {
    const outbox = w.open()
    await outbox.add('k1', input)
    expect(w.held.get('k1')?.body).toEqual(input)
    expect(outbox.items()).toEqual([])
    expect(w.types()).toEqual(['delivered'])
  })

  it('keeps a report without a network over a closed tab and sends it under the same key', async () => {
    w.state.faults.push(unreachable())
    await w.open().add('k1', input)
    expect(w.types()).toEqual(['kept'])
    const reopened = w.open()
    expect(reopened.items()).toHaveLength(1)
    await reopened.flush(true)
    expect([...w.held.keys()]).toEqual(['k1'])
    expect(reopened.items()).toEqual([])
  })

  it('sends what waited in the order it was made, each once, whoever asks for it meanwhile', async () => {
    w.state.faults.push(unreachable(), unreachable(), unreachable())
    const outbox = w.open()
    for (const key of ['k1', 'k2', 'k3']) await outbox.add(key, input)
    const reopened = w.open()
    await Promise.all([reopened.flush(true), reopened.flush(true), reopened.flush()])
    expect([...w.held.keys()]).toEqual(['k1', 'k2', 'k3'])
    const delivered = w.state.events.filter(({ type }) => type === 'delivered')
    expect(delivered).toMatchObject(['k1', 'k2', 'k3'].map((key) => ({ key, late: true })))
  })

  it('owns up to the age of a late report', async () => {
    w.state.faults.push(unreachable())
    const outbox = w.open()
    await outbox.add('k1', input)
    w.state.now += 26 * 60_000
    await outbox.flush(true)
    expect(w.held.get('k1')?.body).toEqual({ ...input, late: true })
  })

  it('says that it waits only once, however often it fails', async () => {
    w.state.faults.push(unreachable(), unreachable(), refusal(503, 'overloaded'))
    const outbox = w.open()
    await outbox.add('k1', input)
    await outbox.flush(true)
    await outbox.flush(true)
    expect(w.types()).toEqual(['kept'])
    expect(outbox.items()[0]?.attempts).toBe(3)
    await outbox.flush(true)
    expect(w.types()).toEqual(['kept', 'delivered'])
  })

  it('drops a report that the server refuses for good, and says why', async () => {
    w.state.faults.push(refusal(404, 'zone-not-found'))
    const outbox = w.open()
    await outbox.add('k1', input)
    expect(outbox.items()).toEqual([])
    expect(w.types()).toEqual(['refused'])
  })

  it('takes back a report that was answered', async () => {
    const outbox = w.open()
    await outbox.add('k1', input)
    await outbox.undo('k1', input, 'report-0')
    expect(w.held.size).toBe(0)
    expect(w.types()).toEqual(['delivered', 'undone'])
  })

  it('takes back a report that is still on its way', async () => {
    let letThrough = () => {}
    w.state.gate = new Promise((resolve) => (letThrough = () => resolve()))
    const outbox = w.open()
    const sending = outbox.add('k1', input)
    await outbox.undo('k1', input, null)
    letThrough()
    await sending
    expect(w.held.size).toBe(0)
    expect(outbox.items()).toEqual([])
    expect(w.types()).toEqual(['delivered', 'undone'])
  })

  it('takes back without a network as soon as there is one', async () => {
    const outbox = w.open()
    await outbox.add('k1', input)
    w.state.faults.push(unreachable())
    await outbox.undo('k1', input, 'report-0')
    expect(w.held.size).toBe(1)
    await outbox.flush(true)
    expect(w.held.size).toBe(0)
    expect(w.types()).toEqual(['delivered', 'kept', 'undone'])
  })

  it('counts a report that is gone already as taken back', async () => {
    const outbox = w.open()
    await outbox.add('k1', input)
    w.state.faults.push(refusal(404, 'report-not-found'))
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

  it('wait longer with every failure, up to five minutes, and as long as the server asks', () => {
    expect([1, 2, 3, 20].map((attempts) => waitAfter(attempts, null))).toEqual([2_000, 4_000, 8_000, 300_000])
    expect(waitAfter(1, 60)).toBe(60_000)
  })

  it('take a clash of the late mark with the first attempt as delivered', () => {
    expect(settle(refusal(422, 'idempotency-mismatch').failure, item, START)).toBe('delivered')
  })

  it('give up on what could not be sent for a day', () => {
    expect(settle({ kind: 'unreachable' }, item, START + 60_000)).toBe('again')
    expect(settle({ kind: 'unreachable' }, item, START + 25 * 3_600_000)).toBe('refused')
  })

  it('pass over broken entries of a stored outbox', () => {
    expect(parseOutbox(null)).toEqual([])
    expect(parseOutbox('{')).toEqual([])
    expect(parseOutbox(JSON.stringify([item, null, { key: 'x' }, { ...item, input: null }]))).toEqual([item])
  })
})
