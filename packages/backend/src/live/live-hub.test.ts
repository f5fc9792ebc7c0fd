import { setImmediate as turn } from 'node:timers/promises'
import { LIVE_CELL_ZOOM } from '@kickstand/contract'
import { everyVehicle, tileNumber, UNKNOWN_FACTS } from '@kickstand/domain'
import { anObservation, fakeClock } from '@kickstand/testkit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildInWorker } from '#board/build-in-worker.ts'
import { toBoardZone } from '#board/board-zone.ts'
import { createBoard, type Board } from '#board/board.ts'
import type { LiveClient } from './subscriptions.ts'
import type { Frames } from './frames.ts'
import { createLiveHub, type LiveHub } from './live-hub.ts'

const HERE = { lat: 37.79, lng: -122.4 }
const CELL = tileNumber(HERE.lat, HERE.lng, LIVE_CELL_ZOOM)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

function put(board: Board, id: string, status = 'active', place = HERE): void {
  const { capacityEstimated: _none, feeNote, openingHours, signText, maxStay, ...rest } = UNKNOWN_FACTS
  const { accessConditional, feeConditional, maxStayConditional, ...none } = rest
  const row = {
    ...none,
    ...place,
    id,
    status,
    capacity: 12,
    outline: null,
    covered: null,
    lit: null,
    surveillance: null,
    anchors: null,
    charging: null,
    capacity_estimated: null,
    fee_note: feeNote,
    opening_hours: openingHours,
    sign_text: signText,
    max_stay: maxStay,
    access_conditional: accessConditional,
    fee_conditional: feeConditional,
    max_stay_conditional: maxStayConditional,
    created_at: 0,
    updated_at: 0,
    merged_into: null,
    blocked_until: null,
    vehicles: JSON.stringify(everyVehicle('unknown')),
  }
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
    hub.start()
  })
  afterEach(() => {
    hub.stop()
    vi.useRealTimers()
  })

  function join(lastId: number | null = null): { client: LiveClient; heard: () => string } {
    let text = ''
    const client = { cells: [CELL], send: (frames: Frames) => void (text += frames.text) }
    hub.join(client, lastId)
    return {
      client,
      heard() {
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

  it('gathers changes for a moment and sends each zone once', () => {
    const { heard } = join()
    expect(heard()).toContain('{"zones":[]}')
    for (let i = 0; i < 5; i += 1) count('zone00001', `r${i}`, i)
    count('zone00002', 'other', 3)
    expect(heard()).toBe('')
    pass(150)
    const text = heard()
    expect(text.match(/event: /g)).toHaveLength(1)
    expect(text.match(/zone00001/g)).toHaveLength(1)
    expect(text).toContain('"reports":5')
    expect(text).toContain('zone00002')
    pass(1_000)
    expect(heard()).toBe('')
  })

  it('sends nothing to who has left, nor for cells that nobody listens to', () => {
    const { client, heard } = join()
    heard()
    hub.leave(client)
    count('zone00001', 'r', 3)
    pass(1_000)
    expect(heard()).toBe('')
    hub.leave(client)
  })

  it('tells each only of the cells that it looks at, however many look at the same or at some of them', () => {
    const other = { lat: 37.9, lng: -122.4 }
    const otherCell = tileNumber(other.lat, other.lng, LIVE_CELL_ZOOM)
    put(board, 'other0001', 'active', other)
    const lookers = [[CELL], [CELL], [otherCell], [CELL, otherCell], [otherCell, CELL]].map((cells) => {
      const heard: string[] = []
      hub.join({ cells, send: (frames) => void heard.push(...(frames.text.toString().match(/\w+0001/g) ?? [])) }, null)
      return heard
    })
    count('zone00001', 'one', 3)
    count('other0001', 'two', 3)
    pass(200)
    expect(lookers.map((heard) => heard.toSorted())).toEqual([
      ['zone00001'],
      ['zone00001'],
      ['other0001'],
      ['other0001', 'zone00001'],
      ['other0001', 'zone00001'],
    ])
  })

  it('begins with what is in the cells now, also where others looked before a zone came or went', () => {
    count('zone00001', 'one', 3)
    expect(join().heard()).toContain('zone00001')
    put(board, 'zone00003')
    count('zone00003', 'three', 3)
    put(board, 'zone00001', 'retired')
    const text = join().heard()
    expect(text).toContain('zone00003')
    expect(text).not.toContain('zone00001')
  })

  it('lets others have their turn while it tells thousands', async () => {
    const LOOKERS = 3_000
    let heard = 0
    const spin = (ms: number): void => {
      const end = performance.now() + ms
      while (performance.now() < end);
    }
    for (let i = 0; i < LOOKERS; i += 1) {
      hub.join({ cells: [CELL], send: () => void ((heard += 1), heard > LOOKERS && spin(0.01)) }, null)
    }
    count('zone00001', 'one', 3)
    pass(200)
    expect(heard).toBeGreaterThan(LOOKERS)
    expect(heard).toBeLessThan(2 * LOOKERS)
    for (let i = 0; i < 10_000 && heard < 2 * LOOKERS; i += 1) await turn()
    expect(heard).toBe(2 * LOOKERS)
  })

  it('tells every listener when age alone changes a state, also those who were there before another came', () => {
    count('zone00001', 'r', 12)
    const first = join()
    expect(first.heard()).not.toContain('"state":"unknown"')
    clock.advance(12 * 60 * MINUTE)
    const second = join()
    expect(second.heard()).toContain('"state":"unknown"')
    pass(2 * MINUTE)
    expect(first.heard()).toContain('"state":"unknown"')
    pass(2 * MINUTE)
    expect(first.heard()).toBe('')
  })

  it('tells of a report taken back', () => {
    const { heard } = join()
    count('zone00001', 'r', 3)
    pass(200)
    expect(heard()).toContain('"reports":1')
    board.retract('zone00001', 'r')
    pass(200)
    expect(heard()).toContain('"state":"unknown"')
  })

  it('a zone that moves is told of in the cell it leaves and in the one it comes to', () => {
    const away = { lat: 40.4, lng: -3.7 }
    const here = join()
    let text = ''
    hub.join(
      { cells: [tileNumber(away.lat, away.lng, LIVE_CELL_ZOOM)], send: (frames) => void (text += frames.text) },
      null,
    )
    put(board, 'zone00001', 'active', away)
    pass(200)
    expect(here.heard()).toContain('event: zones\ndata: {"ids":["zone00001"]}')
    expect(text).toContain('event: zones\ndata: {"ids":["zone00001"]}')
  })

  it('after more changes than it remembers, whoever comes back begins anew', { timeout: 30_000 }, () => {
    clock.advance(MINUTE)
    const lastId = clock.now()
    clock.advance(MINUTE)
    put(board, 'zone00003')
    expect(join(lastId).heard()).not.toContain('event: reset')
    for (let i = 0; i < 100_000; i += 1) put(board, `many${String(i).padStart(6, '0')}`, 'active', { lat: 10, lng: 10 })
    const text = join(lastId).heard()
    expect(text).toContain('event: reset')
    expect(text).not.toContain('zone00003')
  })

  it.each([HOUR, -HOUR])('a clock that jumps by %d ms and back hides no change from whoever comes back', (jump) => {
    clock.advance(2 * HOUR)
    for (const by of [0, jump, -jump]) {
      const lastId = clock.now()
      clock.advance(by)
      put(board, `jump${by}`)
      const after = clock.now()
      for (const id of [lastId, after, Math.max(lastId, after)]) {
        const text = join(id).heard()
        expect(text.includes('event: reset') || text.includes(`jump${by}`), `${by} ${id}`).toBe(true)
      }
      pass(MINUTE)
    }
  })

  it('whoever comes from a server with another time begins anew', () => {
    clock.advance(MINUTE)
    expect(join(clock.now() + HOUR).heard()).toContain('event: reset')
    expect(join(clock.now() + 5_000).heard()).not.toContain('event: reset')
  })
})
