import type { ReportCreatedBody, ReportInput } from '@kickstand/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { browser, created, input, rejection, START, unreachable } from './fixtures.ts'
import { createOutbox } from './outbox.ts'

type Step =
  | { readonly do: 'add' | 'flush' | 'close'; readonly tab: number }
  | { readonly do: 'undo'; readonly tab: number; readonly which: number }
type Answer = 'answer' | 'lost' | 'no request'

const TABS = 3
const tab = fc.nat({ max: TABS - 1 })
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), tab }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), tab, which: fc.nat({ max: 9 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('flush' as const), tab }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), tab }) },
  ),
  { maxLength: 14 },
)
const answers = fc.array(fc.constantFrom<Answer>('answer', 'lost', 'no request'), { maxLength: 30 })

/** Simulates several tabs, a network that loses requests and answers, and a server that keeps every key. */
async function play(scheduler: fc.Scheduler, plan: readonly Step[], network: Answer[], hasLocks: boolean) {
  const { stored, openTab } = browser(hasLocks)
  const ids = new Map<string, string>()
  const held = new Set<string>()
  const inFlight = new Set<string>()
  let clashes = 0

  async function exchange<T>(name: string, isOpen: () => boolean, work: () => T): Promise<T> {
    const answer = network.shift() ?? 'answer'
    // A closed tab never receives the answer.
    const gone = (): Promise<never> => new Promise(() => undefined)
    await scheduler.schedule(Promise.resolve(), `${name} sent`)
    if (answer === 'no request') {
      if (!isOpen()) return gone()
      throw unreachable()
    }
    const result = work()
    await scheduler.schedule(Promise.resolve(), `${name} answered`)
    if (!isOpen()) return gone()
    if (answer === 'lost') throw unreachable()
    return result
  }

  function open() {
    const { isOpen, close, ...shared } = openTab()
    const outbox = createOutbox<ReportInput, ReportCreatedBody>({
      ...shared,
      storedAs: 'reports',
      bodyOf: (item) => item.input,
      idOf: ({ report }) => report.id,
      now: () => START,
      schedule: () => undefined,
      onEvent: () => undefined,
      async post(_body, key) {
        if (inFlight.has(key) && isOpen()) {
          clashes += 1
          throw rejection(409, 'idempotency-in-flight')
        }
        inFlight.add(key)
        try {
          return await exchange(`post ${key}`, isOpen, () => {
            const id = ids.get(key) ?? `report-${ids.size}`
            if (!ids.has(key)) held.add(key)
            ids.set(key, id)
            return created(id)
          })
        } finally {
          inFlight.delete(key)
        }
      },
      async remove(id) {
        await exchange(`delete ${id}`, isOpen, () => {
          const key = [...ids].find(([, one]) => one === id)?.[0] ?? ''
          if (!held.delete(key)) throw rejection(404, 'report-not-found')
        })
      },
    })
    return { outbox, isOpen, close, keys: [] as string[] }
  }

  const tabs = Array.from({ length: TABS }, open)
  const wanted = new Set<string>()
  let made = 0
  for (const step of plan) {
    const mine = tabs[step.tab]
    if (mine === undefined) continue
    if (step.do === 'add') {
      const key = `k${made}`
      made += 1
      wanted.add(key)
      mine.keys.push(key)
      void mine.outbox.add(key, input)
    } else if (step.do === 'undo') {
      const key = mine.keys[step.which]
      if (key !== undefined) {
        wanted.delete(key)
        void mine.outbox.undo(key, input, null)
      }
    } else if (step.do === 'flush') void mine.outbox.flush(true)
    else {
      mine.close()
      // A request of the closed tab may still be in flight. The server finishes it eventually.
      tabs[step.tab] = open()
    }
    if (scheduler.count() > 0) await scheduler.waitOne()
  }
  await scheduler.waitIdle()
  inFlight.clear()
  network.length = 0
  const all = Promise.all([...tabs.map(({ outbox }) => outbox.flush(true)), open().outbox.flush(true)])
  await scheduler.waitFor(all)
  return { held: [...held].toSorted(), wanted: [...wanted].toSorted(), stored, clashes }
}

describe('outboxes of several tabs', () => {
  it.each([
    ['with locks', true],
    ['without locks', false],
  ])('lose no report, count none twice and undo all that were undone, %s', async (_name, hasLocks) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, answers, async (scheduler, plan, network) => {
        const end = await play(scheduler, plan, [...network], hasLocks)
        expect(end.held).toEqual(end.wanted)
        expect(Object.keys(end.stored)).toEqual([])
        // A request of a closed tab may still be in flight.
        if (hasLocks && plan.every((step) => step.do !== 'close')) expect(end.clashes).toBe(0)
      }),
      { numRuns: 400 },
    )
  })
})
