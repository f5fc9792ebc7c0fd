import { isDeepStrictEqual } from 'node:util'
import { paths, ReportCreatedSchema, ZoneSchema, type ZoneBody } from '@kickstand/contract'
import { seededRandom } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { spawnService, type SpawnedService } from '@kickstand/testkit/spawn-service'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectShape } from './support/expect-shape.ts'
import { inTime } from './support/in-time.ts'

const ZONES = Array.from({ length: 8 }, (_, i) => ({ id: `zone00000${i}`, capacity: 12, lat: 37.79 + i / 1_000 }))
type Figures = Pick<ZoneBody['availability'], 'state' | 'observedAt' | 'reports' | 'source'>

const SOON = { timeout: 20_000, interval: 20 }
/** The tail polls four times a second. */
const A_SECOND = 1_000

forEachEngine((engine) => {
  let database: TestDatabase
  let one: TestService
  let other: SpawnedService

  beforeAll(async () => {
    database = await engine.open()
    one = await startTestService({ url: database.url })
    await seedZones(one.service.context.eventLog, ZONES)
    await one.service.context.tail.catchUp()
    other = await spawnService(database.url)
  })
  afterAll(async () => {
    await other.stop()
    await one.stop()
    await database.dispose()
  })

  const urls = (): string[] => [one.url, other.url]

  async function zoneAt(url: string, id: string): Promise<ZoneBody | null> {
    const answer = await fetch(url + paths.zone(id))
    return answer.status === 404 ? null : expectShape(ZoneSchema, await answer.json())
  }
  /** Availability without fields that depend on the time of the request. */
  async function figuresAt(url: string, id: string): Promise<Figures> {
    const zone = await zoneAt(url, id)
    if (zone === null) throw new Error(`there is no zone ${id} at ${url}`)
    const { state, observedAt, reports, source } = zone.availability
    return { state, observedAt, reports, source }
  }
  function send(url: string, method: string, path: string, device: number, body?: object): Promise<Response> {
    return fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer device-secret-of-rider-number-${device}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }
  async function report(url: string, zoneId: string, count: number, device = 0): Promise<string> {
    const answer = await send(url, 'POST', paths.reports(), device, { zoneId, kind: 'count', count })
    return expectShape(ReportCreatedSchema, await answer.json()).report.id
  }

  async function reportAndMaybeUndo(
    from: string,
    zoneId: string,
    device: number,
    undoAt: string | null,
  ): Promise<void> {
    const id = await report(from, zoneId, device % 13, device)
    if (undoAt !== null) expect((await send(undoAt, 'DELETE', paths.report(id), device)).status).toBe(204)
  }

  it('see each other’s reports within a second, and accept the undo on either server', async () => {
    for (const [from, to] of [urls(), urls().toReversed()] as [string, string][]) {
      let id = ''
      const undo = async (): Promise<void> => {
        expect((await send(to, 'DELETE', paths.report(id), 0)).status).toBe(204)
        await expect.poll(() => figuresAt(from, 'zone000000'), SOON).toMatchObject({ reports: 0, state: 'unknown' })
      }
      await inTime(
        A_SECOND,
        async () => {
          id = await report(from, 'zone000000', 4)
          await expect.poll(() => figuresAt(to, 'zone000000'), SOON).toMatchObject({ reports: 1, source: 'rider' })
        },
        async () => (id === '' ? undefined : undo()),
      )
      await undo()
    }
  })

  it('agree on every zone after many concurrent reports to both, some undone on the other', async () => {
    const random = seededRandom(5)
    const taken: Promise<void>[] = []
    for (let i = 0; i < 120; i += 1) {
      const [from = '', to = ''] = random() < 0.5 ? urls() : urls().toReversed()
      const zone = ZONES[Math.floor(random() * ZONES.length)].id
      const undo = random() < 0.3
      taken.push(reportAndMaybeUndo(from, zone, i, undo ? to : null))
      if (i % 12 === 11) await Promise.all(taken)
    }
    await Promise.all(taken)
    const { db } = one.service.context.database
    for (const { id } of ZONES) {
      const kept = await db
        .selectFrom('reports')
        .select('id')
        .where('zone_id', '=', id)
        .where('retracted_at', 'is', null)
        .execute()
      // Meanwhile both may show the same number for different reports; only the end state counts.
      const agree = async (): Promise<boolean> => {
        const [here, there] = await Promise.all(urls().map((url) => figuresAt(url, id)))
        return here.reports === kept.length && isDeepStrictEqual(here, there)
      }
      await expect.poll(agree, SOON).toBe(true)
    }
  })

  it('see a zone change, move, disappear and return', async () => {
    const change = async (zone: Parameters<typeof seedZones>[1][number]): Promise<void> =>
      seedZones(one.service.context.eventLog, [zone])
    await change({ id: 'zone000007', capacity: 30, lat: 40.4, lng: -3.7, name: 'Calle Mayor' })
    for (const url of urls()) {
      await expect
        .poll(() => zoneAt(url, 'zone000007'), SOON)
        .toMatchObject({ capacity: 30, name: 'Calle Mayor', lat: 40.4 })
      const near = (await (await fetch(`${url}${paths.nearby()}?lat=40.4&lng=-3.7&limit=1`)).json()) as {
        zones: ZoneBody[]
      }
      expect(near.zones.map(({ id }) => id)).toEqual(['zone000007'])
    }
    await change({ id: 'zone000007', status: 'retired' })
    for (const url of urls()) await expect.poll(() => zoneAt(url, 'zone000007'), SOON).toBeNull()
    await change({ id: 'zone000007', status: 'active' })
    for (const url of urls()) await expect.poll(() => zoneAt(url, 'zone000007'), SOON).not.toBeNull()
  })

  it('do not answer 404 for an object that the other has just made', async () => {
    // By polling, it would see the other's changes only after an hour.
    const deaf = await startTestService({ url: database.url, tailEveryMs: 3_600_000 })
    const ask: ((id: string) => Promise<Response>)[] = [
      (id) => deaf.get(paths.zone(id)),
      (id) => deaf.get(paths.zoneForecast(id)),
      (id) => deaf.get(paths.zoneReports(id)),
      (id) => deaf.get(paths.zonePhotos(id)),
      (id) => deaf.get(paths.zoneQuestions(id)),
      (id) => send(deaf.url, 'POST', paths.reports(), 500, { zoneId: id, kind: 'count', count: 3 }),
      (id) => send(deaf.url, 'POST', paths.zoneContributions(id), 500, { field: 'covered', value: true }),
    ]
    try {
      for (const [i, request] of ask.entries()) {
        const id = `newzone0${i}`
        await seedZones(one.service.context.eventLog, [{ id, capacity: 12 }])
        expect([200, 201], id).toContain((await request(id)).status)
      }
      for (const request of ask) expect((await request('madeupzone')).status).toBe(404)
    } finally {
      await deaf.stop()
    }
  })

  it('a server that starts later has the same data', { timeout: 60_000 }, async () => {
    const late = await spawnService(database.url)
    try {
      for (const { id } of ZONES) expect(await figuresAt(late.url, id)).toEqual(await figuresAt(one.url, id))
    } finally {
      await late.stop()
    }
  })
})
