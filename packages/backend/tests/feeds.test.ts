import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { paths, SourcesBodySchema, type FeedHealthBody } from '@kickstand/contract'
import { fakeClock, type FakeClock } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { expectShape } from './support/expect-shape.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

type Bay = { id: string; lat: number; lng: number; spaces: number }
const BAYS: readonly Bay[] = Array.from({ length: 20 }, (_, i) => ({
  id: `bay-${i}`,
  lat: 37.79 + i / 1000,
  lng: -122.39,
  spaces: 8,
}))

const feature = (i: number): string =>
  JSON.stringify({
    type: 'Feature',
    id: i,
    properties: { spaces: 4 },
    geometry: { type: 'Point', coordinates: [7, 43] },
  })
const repeated = (text: string, bytes: number): string => text.repeat(Math.ceil(bytes / text.length))

/** An endless response that begins like a feed: a head, then a chunk of about a megabyte, repeated. */
const ENDLESS: readonly (readonly [what: string, head: string, piece: string | Buffer])[] = [
  ['GeoJSON', '{"type":"FeatureCollection","features":[', repeated(`${feature(1)},\n`, 1e6)],
  ['CSV', 'id,lat,lng,spaces\n', repeated('bay-1,43.1,7.1,4\n', 1e6)],
  ['rows of JSON', '[', repeated('{"id":"bay-1","lat":43.1,"lng":7.1,"spaces":4},', 1e6)],
  ['garbage', '', Buffer.alloc(1e6, '\u0001\u00ff{]"')],
  ['a packed CSV', '', gzipSync(repeated('bay-1,43.1,7.1,4\n', 1e6))],
]

forEachEngine((engine) => {
  let database: TestDatabase
  let clock: FakeClock
  let city: Server
  let origin: string
  let folder: string
  /** The current responses of the city, and the number of requests by URL. */
  let answer: (url: string) => { status?: number; etag?: string; body: string }
  let asked: string[]
  let service: TestService | undefined
  /** If set, sent instead of the response. */
  let pour: (() => Iterable<Buffer>) | null

  beforeEach(async () => {
    database = await engine.open()
    clock = fakeClock()
    folder = await mkdtemp(path.join(tmpdir(), 'ks-feeds-'))
    asked = []
    pour = null
    answer = () => ({ body: JSON.stringify(BAYS) })
    city = createServer((request, reply) => {
      const url = request.url ?? ''
      const { status = 200, etag, body } = answer(url)
      asked.push(`${url}${request.headers['if-none-match'] === undefined ? '' : ' if changed'}`)
      if (pour !== null) {
        // The client closes the connection at its limit.
        void pipeline(Readable.from(pour()), reply).catch(() => undefined)
        return
      }
      if (etag !== undefined && request.headers['if-none-match'] === etag) reply.writeHead(304).end()
      else reply.writeHead(status, etag === undefined ? {} : { etag }).end(body)
    })
    await new Promise<void>((listening) => {
      city.listen(0, '127.0.0.1', listening)
    })
    const address = city.address()
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  })
  afterEach(async () => {
    await service?.stop()
    service = undefined
    city.close()
    await rm(folder, { recursive: true, force: true })
    await database.dispose()
  })

  /** Starts a service with the feed of a city. */
  async function start(rules: object): Promise<TestService> {
    const profile = {
      id: 'city',
      name: 'City',
      licence: 'CC0-1.0',
      attribution: 'City',
      trust: 'official',
      ref: 'id',
      fields: { lat: 'lat', lng: 'lng', capacity: 'spaces' },
      ...rules,
    }
    await writeFile(path.join(folder, 'city.json'), JSON.stringify(profile))
    service = await startTestService({ url: database.url, clock: clock.now, env: { KICKSTAND_FEEDS: `${folder}/` } })
    return service
  }
  async function tick(): Promise<void> {
    await service?.service.jobs.runDue()
    await service?.service.context.tail.catchUp()
  }
  async function health(): Promise<FeedHealthBody> {
    if (service === undefined) throw new Error('the service has not started')
    const { sources } = expectShape(SourcesBodySchema, await (await service.get(paths.sources())).json())
    const found = sources.find(({ id }) => id === 'city')?.health
    if (found === undefined) throw new Error('there is no such source')
    return found
  }
  const zones = (): number => service?.service.context.board.zones() ?? 0

  it('are fetched when due, with conditional requests', async () => {
    answer = () => ({ etag: '"v1"', body: JSON.stringify(BAYS) })
    await start({ static: { address: `${origin}/bays.json`, every: '2 hours', allowPrivate: true } })
    await tick()
    expect(zones()).toBe(20)
    expect((await health()).static).toMatchObject({ state: 'ok', taken: 20, zones: 20, failures: 0 })
    clock.advance(2 * HOUR - 1)
    await tick()
    expect(asked).toEqual(['/bays.json'])
    clock.advance(1)
    await tick()
    expect(asked).toEqual(['/bays.json', '/bays.json if changed'])
    expect((await health()).static).toMatchObject({ state: 'ok', failures: 0, zones: 20 })
  })

  it('change nothing when they fail: an error page, an empty or truncated file, 20 % missing', async () => {
    await start({ static: { address: `${origin}/bays.json`, every: '1 hour', allowPrivate: true } })
    await tick()
    const bad = [
      { body: '<!doctype html><html><body>Sorry</body></html>' },
      { body: '' },
      { body: JSON.stringify(BAYS).slice(0, 400) },
      { status: 404, body: 'gone' },
    ]
    for (const [i, one] of bad.entries()) {
      answer = () => one
      clock.advance(HOUR)
      await tick()
      expect(zones()).toBe(20)
      expect((await health()).static).toMatchObject({ state: 'failing', failures: i + 1 })
    }
    answer = () => ({ body: JSON.stringify(BAYS.slice(0, 12)) })
    for (let i = 0; i < 3; i += 1) {
      clock.advance(HOUR)
      await tick()
    }
    expect(zones()).toBe(20)
    expect((await health()).static).toMatchObject({ state: 'shrunk', failures: 0 })
    answer = () => ({ body: JSON.stringify(BAYS) })
    clock.advance(HOUR)
    await tick()
    expect((await health()).static).toMatchObject({ state: 'ok', zones: 20 })
  })

  it('that are endless are aborted at the size limit, and nothing is lost', async () => {
    const limit = 20e6
    const rule = { every: '1 hour', allowPrivate: true, limits: { bytes: limit } }
    await start({ static: { address: `${origin}/bays.json`, ...rule } })
    await tick()
    for (const [what, head, piece] of ENDLESS) {
      let [sent, most] = [0, process.memoryUsage().rss]
      const before = most
      pour = function* () {
        yield Buffer.from(head)
        for (; sent < 5e9; sent += 1e6) {
          most = Math.max(most, process.memoryUsage().rss)
          yield Buffer.from(piece)
        }
      }
      clock.advance(HOUR)
      await tick()
      const { state } = (await health()).static ?? {}
      expect({ what, zones: zones(), state }).toEqual({ what, zones: 20, state: 'failing' })
      expect(sent, what).toBeGreaterThanOrEqual(limit)
      expect(sent, what).toBeLessThan(5e9)
      expect((most - before) / 1e6, what).toBeLessThan(250)
    }
    pour = null
    clock.advance(HOUR)
    await tick()
    expect({ zones: zones(), state: (await health()).static?.state }).toEqual({ zones: 20, state: 'ok' })
  })

  it('with many pages are one snapshot, fetched until a page is empty', async () => {
    answer = (url) => {
      const from = Number(new URL(url, origin).searchParams.get('from'))
      return { body: JSON.stringify(BAYS.slice(from, from + 8)) }
    }
    const address = `${origin}/bays.json?from={page}`
    await start({ static: { address, pages: { step: 8, most: 50 }, allowPrivate: true } })
    await tick()
    expect(zones()).toBe(20)
    expect(asked).toEqual([0, 8, 16, 24].map((from) => `/bays.json?from=${from}`))
  })

  it('in a private network are fetched only if their profile allows it, and only with their secret', async () => {
    await start({ static: { address: `${origin}/bays.json` } })
    await tick()
    expect({ asked, zones: zones() }).toEqual({ asked: [], zones: 0 })
    await service?.stop()
    await start({ static: { address: `${origin}/b`, allowPrivate: true, headers: { authorization: 'FEED_NOT_SET' } } })
    clock.advance(25 * HOUR)
    await tick()
    expect(asked).toEqual([])
  })

  it('can be read from a file', async () => {
    await writeFile(path.join(folder, 'bays.data'), JSON.stringify(BAYS))
    await start({ static: { address: 'bays.data', every: '1 hour', limits: { bytes: 100_000 } } })
    await tick()
    expect(zones()).toBe(20)
    // Small on disk, but over the limit when unpacked.
    await writeFile(
      path.join(folder, 'bays.data'),
      gzipSync(JSON.stringify(BAYS).replace('[', `[${' '.repeat(200_000)}`)),
    )
    clock.advance(HOUR)
    await tick()
    expect({ zones: zones(), state: (await health()).static?.state }).toEqual({ zones: 20, state: 'failing' })
  })
})
