import { setImmediate as turn } from 'node:timers/promises'
import { LIVE_CELL_ZOOM } from '@kickstand/contract'
import { everyVehicle, tileNumber, UNKNOWN_FACTS, type ZoneStatus } from '@kickstand/domain'
import { anObservation, fakeClock } from '@kickstand/testkit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildInWorker } from '#read-model/build-in-worker.ts'
import { zoneColumns } from '#features/zones/import-rows.ts'
import { toBoardZone } from '#read-model/board-zone.ts'
import { createBoard } from '#read-model/board.ts'
import type { Board } from '#read-model/board-types.ts'
import type { LiveClient } from './subscriptions.ts'
import type { Frames } from './frames.ts'
import { createLiveHub, SWEEP_EVERY_MS, type LiveHub } from './live-hub.ts'

const HERE = { lat: 37.79, lng: -122.4 }
const CELL = tileNumber(HERE.lat, HERE.lng, LIVE_CELL_ZOOM)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

function put(board: Board, id: string, status: ZoneStatus = 'active', place = HERE): void {
  const facts = { ...UNKNOWN_FACTS, ...place, capacity: 12, vehicles: everyVehicle('unknown') }
  const columns = zoneColumns(facts, status, 0)
  const row = { ...columns, id, created_at: 0, merged_into: null, blocked_until: null }
  board.put(toBoardZone(row, []))
}

describe('live hub', () => {
  const clock = fakeClock()
  let board: Board
  let hub: LiveHub

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout', 'clearInterval', 'clearTimeout'] })
    board = createBoard(buildInWorker, (error) => expect.unreachable(String(error)))
    for (const id of ['zone00001', 'zone00002']) put(board, id)
    hub = createLiveHub(board, clock.now)
    setInterval(() => hub.sweep(), SWEEP_EVERY_MS)
  })
  afterEach(() => {
    hub.stop()
    vi.useRealTimers()
  })

  function join(lastId: number | null = null): { client: LiveClient; received: () => string } {
    let text = ''
    const client = { cells: [CELL], send: (frames: Frames) => void (text += frames.text) }
    hub.join(client, lastId)
    return {
      client,
      received() {
        const all = text
        text = ''
        return all
      },
    }
  }
  function count(id: string, report: string, bikes: number): void {
    board.observe(id, anObservation({ id: report, at: clock.now(), count: bikes }))
  }
  const pass = (ms: number): void => {
    clock.advance(ms)
    vi.advanceTimersByTime(ms)
  }

  it('gathers changes and sends each zone once', () => {
    const { received } = join()
    expect(received()).toContain('{"zones":[]}')
    for (let i = 0; i < 5; i += 1) count('zone00001', `r${i}`, i)
    count('zone00002', 'other', 3)
    expect(received()).toBe('')
    pass(150)
    const text = received()
    expect(text.match(/event: /g)).toHaveLength(1)
    expect(text.match(/zone00001/g)).toHaveLength(1)
    expect(text).toContain('"reports":5')
    expect(text).toContain('zone00002')
    pass(1_000)
    expect(received()).toBe('')
  })

  it('sends nothing to clients that have left, nor for cells without subscribers', () => {
    const { client, received } = join()
    received()
    hub.leave(client)
    count('zone00001', 'r', 3)
    pass(1_000)
    expect(received()).toBe('')
    hub.leave(client)
  })

  it('sends each client only the cells it subscribes to, for same and overlapping sets of cells', () => {
    const other = { lat: 37.9, lng: -122.4 }
    const otherCell = tileNumber(other.lat, other.lng, LIVE_CELL_ZOOM)
    put(board, 'other0001', 'active', other)
    const clients = [[CELL], [CELL], [otherCell], [CELL, otherCell], [otherCell, CELL]].map((cells) => {
      const received: string[] = []
      hub.join(
        { cells, send: (frames) => void received.push(...(frames.text.toString().match(/\w+0001/g) ?? [])) },
        null,
      )
      return received
    })
    count('zone00001', 'one', 3)
    count('other0001', 'two', 3)
    pass(200)
    expect(clients.map((received) => received.toSorted())).toEqual([
      ['zone00001'],
      ['zone00001'],
      ['other0001'],
      ['other0001', 'zone00001'],
      ['other0001', 'zone00001'],
    ])
  })

  it('begins with the current zones of the cells, also if others subscribed before a zone was added or removed', () => {
    count('zone00001', 'one', 3)
    expect(join().received()).toContain('zone00001')
    put(board, 'zone00003')
    count('zone00003', 'three', 3)
    put(board, 'zone00001', 'retired')
    const text = join().received()
    expect(text).toContain('zone00003')
    expect(text).not.toContain('zone00001')
  })

  it('lets other work run while it sends to thousands of clients', async () => {
    const CLIENTS = 3_000
    let received = 0
    const spin = (ms: number): void => {
      const end = performance.now() + ms
      while (performance.now() < end);
    }
    for (let i = 0; i < CLIENTS; i += 1) {
      hub.join({ cells: [CELL], send: () => void ((received += 1), received > CLIENTS && spin(0.01)) }, null)
    }
    count('zone00001', 'one', 3)
    pass(200)
    expect(received).toBeGreaterThan(CLIENTS)
    expect(received).toBeLessThan(2 * CLIENTS)
    for (let i = 0; i < 10_000 && received < 2 * CLIENTS; i += 1) await turn()
    expect(received).toBe(2 * CLIENTS)
  })

  it('sends a state that changed by age alone to every client, also to those that joined before another', () => {
    count('zone00001', 'r', 12)
    const first = join()
    expect(first.received()).not.toContain('"state":"unknown"')
    clock.advance(12 * 60 * MINUTE)
    const second = join()
    expect(second.received()).toContain('"state":"unknown"')
    pass(2 * MINUTE)
    expect(first.received()).toContain('"state":"unknown"')
    pass(2 * MINUTE)
    expect(first.received()).toBe('')
  })

  it('sends retractions', () => {
    const { received } = join()
    count('zone00001', 'r', 3)
    pass(200)
    expect(received()).toContain('"reports":1')
    board.retract('zone00001', 'r')
    pass(200)
    expect(received()).toContain('"state":"unknown"')
  })

  it('sends a moved zone to its old and its new cell', () => {
    const away = { lat: 40.4, lng: -3.7 }
    const here = join()
    let text = ''
    hub.join(
      { cells: [tileNumber(away.lat, away.lng, LIVE_CELL_ZOOM)], send: (frames) => void (text += frames.text) },
      null,
    )
    put(board, 'zone00001', 'active', away)
    pass(200)
    expect(here.received()).toContain('event: zones\ndata: {"ids":["zone00001"]}')
    expect(text).toContain('event: zones\ndata: {"ids":["zone00001"]}')
  })

  it('resets a reconnecting client after more changes than it keeps', { timeout: 30_000 }, () => {
    clock.advance(MINUTE)
    const lastId = clock.now()
    clock.advance(MINUTE)
    put(board, 'zone00003')
    expect(join(lastId).received()).not.toContain('event: reset')
    for (let i = 0; i < 100_000; i += 1) put(board, `many${String(i).padStart(6, '0')}`, 'active', { lat: 10, lng: 10 })
    const text = join(lastId).received()
    expect(text).toContain('event: reset')
    expect(text).not.toContain('zone00003')
  })

  it.each([HOUR, -HOUR])(
    'hides no change from a reconnecting client after the clock jumps by %d ms and back',
    (jump) => {
      clock.advance(2 * HOUR)
      for (const by of [0, jump, -jump]) {
        const lastId = clock.now()
        clock.advance(by)
        put(board, `jump${by}`)
        const after = clock.now()
        for (const id of [lastId, after, Math.max(lastId, after)]) {
          const text = join(id).received()
          expect(text.includes('event: reset') || text.includes(`jump${by}`), `${by} ${id}`).toBe(true)
        }
        pass(MINUTE)
      }
    },
  )

  it('resets a client that comes from a server with another time', () => {
    clock.advance(MINUTE)
    expect(join(clock.now() + HOUR).received()).toContain('event: reset')
    expect(join(clock.now() + 5_000).received()).not.toContain('event: reset')
  })
})
