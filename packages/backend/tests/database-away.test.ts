import { rm } from 'node:fs/promises'
import {
  AppConfigSchema,
  AreaBodySchema,
  ForecastSchema,
  NearbyBodySchema,
  paths,
  PlanBodySchema,
  QuestionBodySchema,
  SourcesBodySchema,
  ZoneSchema,
} from '@kickstand/contract'
import {
  everythingRequired,
  findMariadb,
  freshDatabase,
  scratchFolder,
  startMariadb,
  type Mariadb,
} from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import type { TSchema } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'

const ZONE = 'zone000001'
const WITHIN_REACH = 'lat=37.7936&lng=-122.3958'
const DEVICE = { authorization: 'Bearer database-away-test-device-key-0123456789' }

/** All requests of the page, with the schema of the answer; null where the answer needs the database. */
const READS: readonly (readonly [path: string, schema: TSchema | null])[] = [
  [paths.appConfig(), AppConfigSchema],
  [`${paths.nearby()}?${WITHIN_REACH}`, NearbyBodySchema],
  [`${paths.zones()}?bbox=-123,37,-122,38`, AreaBodySchema],
  [`${paths.plan()}?${WITHIN_REACH}&toLat=37.7936&toLng=-122.3958`, PlanBodySchema],
  [paths.zone(ZONE), ZoneSchema],
  [paths.zoneForecast(ZONE), ForecastSchema],
  [`${paths.zoneQuestions(ZONE)}?${WITHIN_REACH}`, QuestionBodySchema],
  [paths.sources(), SourcesBodySchema],
  [paths.zoneReports(ZONE), null],
  [paths.zonePhotos(ZONE), null],
  [paths.myContributions(), null],
]

async function startWithZone(url: string): Promise<TestService> {
  const first = await startTestService({ url })
  await seedZones(first.service.context.eventLog, [{ id: ZONE, capacity: 8 }])
  await first.stop()
  const service = await startTestService({ url })
  const report = { zoneId: ZONE, kind: 'count', count: 3 }
  expect((await service.post(paths.reports(), report, { ...DEVICE, 'idempotency-key': 'before' })).status).toBe(201)
  return service
}

async function expectAnswer(service: TestService, path: string, schema: TSchema | null): Promise<unknown> {
  const answer = await service.get(path, DEVICE)
  if (schema === null) return expectProblem(answer, 503, ((await answer.clone().json()) as { code: string }).code)
  expect(answer.status, path).toBe(200)
  return expectShape(schema, await answer.json())
}

describe.skipIf(findMariadb() === null && !everythingRequired()).each(['killed', 'frozen'] as const)(
  'while the database is %s',
  (how) => {
    let database: Mariadb
    let service: TestService
    beforeAll(async () => {
      database = await startMariadb({ under: scratchFolder() })
      service = await startWithZone((await freshDatabase(database.url)).url)
      if (how === 'killed') await database.stop()
      else database.freeze()
    })
    afterAll(async () => {
      if (how === 'frozen') database.thaw()
      await service.stop()
      await database.stop()
    })

    // At once, because each may wait for a database that does not answer.
    it.concurrent.each(READS)('GET %s is answered, or rejected with 503', { timeout: 90_000 }, async (path, schema) => {
      await expectAnswer(service, path, schema)
    })

    it('the start view and the sources are served', async () => {
      const config = await expectAnswer(service, paths.appConfig(), AppConfigSchema)
      expect(config).toMatchObject({ zones: 1, demo: false, start: { zoom: 14 } })
      const { sources } = expectShape(SourcesBodySchema, await (await service.get(paths.sources())).json())
      expect(sources).toHaveLength(1)
      const zone = expectShape(ZoneSchema, await (await service.get(paths.zone(ZONE))).json())
      const { id, name, licence, attribution, url } = sources[0] ?? {}
      expect(zone.sources).toEqual([{ id, ref: `node/${ZONE}`, name, licence, attribution, url }])
    })

    it('a forecast omits its observations instead of listing none', async () => {
      const forecast = expectShape(ForecastSchema, await (await service.get(paths.zoneForecast(ZONE))).json())
      expect(forecast.points.length).toBeGreaterThan(40)
      expect(forecast.points[0]?.source).toBe('rider')
      expect(forecast.observations).toBeUndefined()
    })

    it('concurrent requests do not wait for each other', async () => {
      const startedAt = performance.now()
      const answers = await Promise.all(Array.from({ length: 40 }, () => service.get(paths.appConfig())))
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
      expect(performance.now() - startedAt).toBeLessThan(3_000)
    })
  },
)

forEachEngine((engine) => {
  it.runIf(engine.name === 'sqlite')('a deleted database file affects none of these answers', async () => {
    const database = await engine.open()
    const service = await startWithZone(database.url)
    try {
      const file = database.url.slice('sqlite:'.length)
      for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true })
      const known = READS.filter(([, schema]) => schema !== null)
      const answers = await Promise.all(known.map(async ([where]) => (await service.get(where, DEVICE)).status))
      expect(answers).toEqual(known.map(() => 200))
    } finally {
      await service.stop()
      await database.dispose()
    }
  })
})
