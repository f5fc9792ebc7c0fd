import { LIVE_CELL_ZOOM, LIVE_MAX_CELLS, LiveAvailabilitySchema, LiveZonesSchema, paths } from '@kickstand/contract'
import { tileNumber } from '@kickstand/domain'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { spawnService } from '@kickstand/testkit/spawn-service'
import { startTestService } from '@kickstand/testkit/start-service'
import { afterEach, describe, expect, it } from 'vitest'
import { expectProblem, pointers } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { openStream, type OpenStream, type StreamMessage } from './support/open-stream.ts'
import { useService } from './support/use-service.ts'

const HERE = { lat: 37.79, lng: -122.4 }
const THERE = { lat: 40.42, lng: -3.7 }
const MINUTE = 60_000
/** How long the hub batches changes. */
const GATHER_MS = 150

function cellOf({ lat, lng }: { lat: number; lng: number }): string {
  const n = 2 ** LIVE_CELL_ZOOM
  const number = tileNumber(lat, lng, LIVE_CELL_ZOOM)
  return `${LIVE_CELL_ZOOM}/${number % n}/${Math.floor(number / n)}`
}

const about =
  (id: string) =>
  ({ event, data }: StreamMessage): boolean =>
    event === 'availability' && expectShape(LiveAvailabilitySchema, data).zones.some((zone) => zone.id === id)

const idsIn = (message: StreamMessage): string[] =>
  message.event === 'zones'
    ? expectShape(LiveZonesSchema, message.data).ids
    : expectShape(LiveAvailabilitySchema, message.data).zones.map(({ id }) => id)

// The latency is measured by `kickstand bench live`, on an idle machine.

describe('live streams of one address', () => {
  it('are limited, without an effect on other addresses; one that ends makes room for another', async () => {
    const service = await startTestService({
      url: 'sqlite::memory:',
      env: { KICKSTAND_LIMIT_STREAMS_PER_ADDRESS: '3', KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' },
    })
    const open: OpenStream[] = []
    const from = async (address: string): Promise<OpenStream> => {
      const stream = await openStream(`${service.url}${paths.live()}?cells=${cellOf(HERE)}`, {
        'x-forwarded-for': address,
      })
      open.push(stream)
      return stream
    }
    try {
      for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2']) {
        expect((await from(address)).answer.status).toBe(200)
      }
      // A /64 network counts as one caller.
      for (const last of [1, 2, 3]) expect((await from(`2001:db8::${last}`)).answer.status).toBe(200)
      for (const address of ['192.0.2.1', '2001:db8::4']) {
        const rejected = await service.get(`${paths.live()}?cells=${cellOf(HERE)}`, { 'x-forwarded-for': address })
        expect(rejected.headers.get('retry-after')).toBe('10')
        await expectProblem(rejected, 429, 'rate-limited')
      }
      open[0]?.close()
      await expect.poll(async () => (await from('192.0.2.1')).answer.status).toBe(200)
    } finally {
      for (const stream of open) stream.close()
      await service.stop()
    }
  })
})

forEachEngine((engine) => {
  const streams: OpenStream[] = []
  afterEach(() => {
    for (const stream of streams.splice(0)) stream.close()
  })
  async function listen(url: string, cells: string, headers: Record<string, string> = {}): Promise<OpenStream> {
    const stream = await openStream(`${url}${paths.live()}?cells=${cells}`, headers)
    expect(stream.answer.status).toBe(200)
    streams.push(stream)
    return stream
  }

  describe('a live stream', () => {
    const zones = ['here000001', 'here000002', 'here000003', 'here000004'].map((id) => ({ id, ...HERE, capacity: 12 }))
    const at = useService(engine, { zones: [...zones, { id: 'there00001', ...THERE, capacity: 12 }] })

    const count = async (zoneId: string, bikes: number): Promise<void> => {
      const answer = await at().post(paths.reports(), { zoneId, kind: 'count', count: bikes })
      expect(answer.status).toBe(201)
    }

    it('sends what another client reports, and only of its cells', async () => {
      const stream = await listen(at().url, cellOf(HERE))
      expect(stream.answer.headers.get('content-type')).toContain('text/event-stream')
      expect(stream.answer.headers.get('cache-control')).toBe('no-store')
      expect(stream.answer.headers.getSetCookie()).toEqual([])
      await count('there00001', 3)
      await count('here000001', 3)
      const message = await stream.next(about('here000001'))
      const [changed] = expectShape(LiveAvailabilitySchema, message.data).zones
      const read = (await (await at().get(paths.zone('here000001'))).json()) as { availability: unknown }
      expect(changed?.availability).toEqual(read.availability)
      expect(stream.messages.flatMap(idsIn)).not.toContain('there00001')
      expect(stream.retries()).toEqual([2_000])
    })

    it('begins with the current availability of known zones, and nothing else', async () => {
      const stream = await listen(at().url, `${cellOf(HERE)},${cellOf(THERE)}`)
      const first = await stream.next(() => true)
      expect([first.event, idsIn(first).toSorted()]).toEqual(['availability', ['here000001', 'there00001']])
      expect(Number(first.id)).toBe(at().clock.now())
    })

    it('batches a burst of reports on one zone', async () => {
      const stream = await listen(at().url, cellOf(HERE))
      const begun = performance.now()
      await Promise.all(Array.from({ length: 25 }, (_, i) => count('here000002', i % 12)))
      await count('here000003', 1)
      await stream.next(about('here000003'))
      const turns = Math.ceil((performance.now() - begun) / GATHER_MS) + 1
      expect(stream.messages.filter(about('here000002')).length).toBeLessThanOrEqual(turns)
    })

    it('sends a reconnecting client what changed since, with overlap, and what was removed', async () => {
      at().clock.advance(MINUTE)
      const before = await listen(at().url, cellOf(HERE))
      const { id } = await before.next(() => true)
      before.close()
      at().clock.advance(MINUTE)
      await count('here000002', 11)
      await seedZones(at().service.context.eventLog, [
        { id: 'here000003', status: 'retired' },
        { id: 'here000004', ...THERE, capacity: 12 },
        { id: 'here000005', ...HERE },
      ])
      await at().service.context.tail.catchUp()
      const again = await listen(at().url, cellOf(HERE), { 'last-event-id': id })
      const figures = await again.next(({ event }) => event === 'availability')
      expect(idsIn(figures)).toEqual(['here000002'])
      const [changed, ...more] = again.messages.filter(({ event }) => event === 'zones')
      expect(more).toEqual([])
      expect(changed === undefined ? [] : idsIn(changed).toSorted()).toEqual(['here000003', 'here000004', 'here000005'])
    })

    it('sends a reconnecting client availability that changed only by age', async () => {
      await count('here000001', 12)
      const before = await listen(at().url, cellOf(HERE))
      const { id } = await before.next(() => true)
      before.close()
      at().clock.advance(12 * 60 * MINUTE)
      const again = await listen(at().url, cellOf(HERE), { 'last-event-id': id })
      const message = await again.next(about('here000001'))
      const aged = expectShape(LiveAvailabilitySchema, message.data).zones.find((zone) => zone.id === 'here000001')
      expect(aged?.availability.state).toBe('unknown')
    })

    it('sends a reset to a client whose last event is unknown', async () => {
      const stream = await listen(at().url, cellOf(HERE), { 'last-event-id': '1000' })
      const first = await stream.next(() => true)
      expect(first.event).toBe('reset')
      await stream.next(({ event }) => event === 'availability')
    })

    it('reports zones that are added and removed', async () => {
      const stream = await listen(at().url, cellOf(HERE))
      await seedZones(at().service.context.eventLog, [{ id: 'here000006', ...HERE }])
      await at().service.context.tail.catchUp()
      const came = await stream.next(({ event }) => event === 'zones')
      expect(idsIn(came)).toEqual(['here000006'])
      await seedZones(at().service.context.eventLog, [{ id: 'here000006', status: 'retired' }])
      await at().service.context.tail.catchUp()
      expect(idsIn(await stream.next(({ event }) => event === 'zones'))).toEqual(['here000006'])
    })

    it.each([
      ['12/1/1', /13\/x\/y/],
      ['13/8192/0', /does not exist/],
      ['13/1', /13\/x\/y/],
      ['', /13\/x\/y/],
      ['13/1/1,', /13\/x\/y/],
      ['13/-1/1', /13\/x\/y/],
      [Array.from({ length: LIVE_MAX_CELLS + 1 }, (_, i) => `13/${i}/1`).join(','), /at most 64, got 65/],
    ])('rejects the cells "%s"', async (cells, message) => {
      const problem = await expectProblem(await at().get(`${paths.live()}?cells=${cells}`), 400, 'invalid-request')
      expect(pointers(problem)).toEqual(['?cells'])
      expect(problem.detail).toMatch(message)
    })

    it('is not opened by a HEAD request', async () => {
      const answer = await fetch(`${at().url}${paths.live()}?cells=${cellOf(HERE)}`, { method: 'HEAD' })
      expect(answer.status).toBe(404)
    })
  })

  it('a stream on one server sends what is reported to another', async () => {
    const database = await engine.open()
    const one = await startTestService({ url: database.url })
    await seedZones(one.service.context.eventLog, [{ id: 'here000001', ...HERE, capacity: 12 }])
    await one.service.context.tail.catchUp()
    const other = await spawnService(database.url)
    try {
      const stream = await listen(one.url, cellOf(HERE))
      const answer = await fetch(other.url + paths.reports(), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ zoneId: 'here000001', kind: 'count', count: 5 }),
      })
      expect(answer.status).toBe(201)
      await stream.next(about('here000001'))
    } finally {
      await other.stop()
      await one.stop()
      await database.dispose()
    }
  })

  it('streams end normally when the server stops', async () => {
    const database = await engine.open()
    const service = await startTestService({ url: database.url })
    const stream = await listen(service.url, cellOf(HERE))
    await stream.next(() => true)
    await service.stop()
    expect(await stream.ended).toBe(true)
    await database.dispose()
  })
})
