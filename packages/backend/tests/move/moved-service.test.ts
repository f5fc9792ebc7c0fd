import { transferDatabase, systemClock } from '@kickstand/backend'
import { AN_ACTOR, fakeClock } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase, type TestEngine } from '@kickstand/testkit/engines'
import { seedZones, type SeededZone } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterEach, expect, it } from 'vitest'
import { openFileDatabase } from '../support/file-database.ts'

const ZONES: SeededZone[] = Array.from({ length: 60 }, (_, n) => ({
  id: `parkzone${n}`,
  name: n % 3 === 0 ? null : `Bay ${n} “näher” 🏍`,
  lat: 37.79 + n * 0.000_123_456_789,
  lng: -122.39 - n / 3001,
  capacity: n % 4 === 0 ? null : 3 + (n % 9),
  lit: n % 2 === 0,
}))

const QUESTIONS = [
  '/v1/zones/nearby?lat=37.7936&lng=-122.3958&limit=20',
  '/v1/zones?bbox=-123,37,-122,38&limit=100',
  '/v1/zones/changes?limit=100',
  '/v1/plan?lat=37.79&lng=-122.39&toLat=37.795&toLng=-122.4&vehicle=motorcycle',
  '/v1/sources',
  ...[1, 4, 7, 30].flatMap((n) => [
    `/v1/zones/parkzone${n}`,
    `/v1/zones/parkzone${n}/forecast`,
    `/v1/zones/parkzone${n}/reports`,
  ]),
]

const opened: TestDatabase[] = []
async function open(engine: Pick<TestEngine, 'openEmpty'>): Promise<string> {
  const database = await engine.openEmpty()
  opened.push(database)
  return database.url
}
afterEach(async () => {
  for (const database of opened.splice(0)) await database.dispose()
})

async function answers({ get }: TestService): Promise<string[]> {
  const texts: string[] = []
  for (const question of QUESTIONS) {
    const answer = await get(question)
    texts.push(`${question} ${answer.status} ${await answer.text()}`)
  }
  return texts
}

forEachEngine((engine) => {
  it('a service returns the same bytes from a moved database, there and back', async () => {
    const clock = fakeClock()
    const places = [await open(engine), await open({ openEmpty: openFileDatabase }), await open(engine)]
    const [first = '', ...others] = places
    let service = await startTestService({ url: first, clock: clock.now })
    await seedZones(service.service.context.eventLog, ZONES)
    await service.service.context.tail.catchUp()
    for (let n = 0; n < 40; n += 1) {
      clock.advance(7 * 60_000)
      const what = n % 2 === 0 ? { kind: 'count', count: n % 5 } : { kind: 'level', level: 'few' }
      expect((await service.post('/v1/reports', { zoneId: `parkzone${(n * 7) % 60}`, ...what })).status).toBe(201)
    }
    const before = await answers(service)
    expect(before.filter((text) => !/^\S+ 200 /.test(text))).toEqual([])
    await service.stop()

    let from = first
    for (const to of others) {
      expect(await transferDatabase({ clock: systemClock, actor: AN_ACTOR }, { from, to })).toMatchObject({
        equal: true,
      })
      service = await startTestService({ url: to, clock: clock.now })
      expect(await answers(service)).toEqual(before)
      await service.stop()
      from = to
    }

    // The moved database accepts writes.
    service = await startTestService({ url: from, clock: clock.now })
    expect((await service.post('/v1/reports', { zoneId: 'parkzone1', kind: 'count', count: 2 })).status).toBe(201)
    await service.stop()
  })
})
