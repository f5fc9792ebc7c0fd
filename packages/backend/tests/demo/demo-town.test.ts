import type { AppConfigBody, AreaBody } from '@kickstand/contract'
import { AN_ACTOR, aSource, aSourceZone } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEventLog, type EventLog } from '#db/event-log.ts'
import { openDatabase, type Database } from '#db/open-database.ts'
import { demoStatus } from '#features/demo/demo-status.ts'
import { makeDemo, prepareDemo } from '#features/demo/make-demo.ts'
import { removeDemo } from '#features/demo/remove-demo.ts'
import { systemClock } from '#platform/clock.ts'
import { newId } from '#platform/ids.ts'
import { sleep } from '#platform/sleep.ts'
import { importSnapshot } from '#features/zones/import-snapshot.ts'

const AS_FOR_A_NEWCOMER = { KICKSTAND_ENV: 'development', KICKSTAND_DEMO: 'auto', KICKSTAND_BASEMAP: '' }
const SEED = { seed: 7, zones: null }

forEachEngine((engine) => {
  let testDatabase: TestDatabase
  /** A second connection, as of another process such as the command line. */
  let database: Database
  let eventLog: EventLog
  const running: TestService[] = []

  beforeEach(async () => {
    testDatabase = await engine.open()
    database = await openDatabase(testDatabase.url, systemClock)
    eventLog = createEventLog(database, systemClock, newId(), sleep)
  })
  afterEach(async () => {
    for (const service of running.splice(0)) await service.stop()
    await database.close()
    await testDatabase.dispose()
  })

  const deps = () => ({ db: database.db, eventLog, clock: systemClock, actor: AN_ACTOR })

  async function start(env: Readonly<Record<string, string>> = AS_FOR_A_NEWCOMER): Promise<TestService> {
    const service = await startTestService({ url: testDatabase.url, env })
    running.push(service)
    return service
  }

  async function appConfig(service: TestService): Promise<AppConfigBody> {
    const answer = await service.get('/v1/app-config')
    const body: AppConfigBody = JSON.parse(await answer.text())
    return body
  }

  async function townZones(service: TestService): Promise<AreaBody['zones']> {
    const answer = await service.get('/v1/zones?bbox=-22.6,45.4,-22.4,45.6&limit=500')
    const body: AreaBody = JSON.parse(await answer.text())
    return body.zones
  }

  async function rows(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {}
    for (const table of ['sources', 'zones', 'zone_sources', 'reports', 'riders'] as const) {
      const { n } = await database.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
      counts[table] = Number(n)
    }
    return counts
  }

  /** A real city of three zones, imported by the command line. */
  async function importRealZones(): Promise<void> {
    const source = aSource()
    const zones = ['1', '2', '3'].map((ref, i) => aSourceZone({ lat: 37.79 + i / 1000 }, ref))
    await importSnapshot(deps(), { source, rows: zones })
  }

  describe('a service with an empty database', () => {
    it('generates a demo town with reports and its own basemap, marked as simulated', async () => {
      const service = await start()
      const config = await appConfig(service)
      expect(config).toMatchObject({ demo: true, zones: 150, basemap: { kind: 'tiles', url: '/basemap/tiles.json' } })
      expect(config.basemap.attribution).toContain('simulated')
      expect(Math.abs(config.start.lat - 45.5)).toBeLessThan(0.05)
      await vi.waitFor(
        async () => {
          const zones = await townZones(service)
          expect(zones).toHaveLength(150)
          expect(zones.every((zone) => zone.simulated)).toBe(true)
          const states = zones.map((zone) => zone.availability.state)
          const known = states.filter((state) => state !== 'unknown').length
          expect(known).toBeGreaterThan(70)
          expect(known).toBeLessThan(125)
          expect(states).toEqual(expect.arrayContaining(['plenty', 'some', 'few', 'unknown']))
        },
        { timeout: 20_000, interval: 200 },
      )
      expect((await service.get('/basemap/12/1792/1464.mvt')).status).toBe(200)
    })

    it('keeps the same town after a restart', async () => {
      const first = await start()
      const before = (await townZones(first)).map((zone) => zone.id)
      await first.stop()
      running.length = 0
      const again = (await townZones(await start())).map((zone) => zone.id)
      expect(again.toSorted()).toEqual(before.toSorted())
    })
  })

  describe('no town is generated', () => {
    it.each([
      ['in production', { ...AS_FOR_A_NEWCOMER, KICKSTAND_ENV: 'production' }],
      ['where it is turned off', { ...AS_FOR_A_NEWCOMER, KICKSTAND_DEMO: 'off' }],
    ])('%s', async (_when, env) => {
      const config = await appConfig(await start(env))
      expect(config).toMatchObject({ demo: false, zones: 0 })
      expect(await rows()).toMatchObject({ zones: 0, sources: 0 })
    })

    it('if there is real data', async () => {
      await importRealZones()
      expect(await prepareDemo(deps(), { env: 'development', demo: 'auto' })).toBe(false)
      expect(await demoStatus(database.db)).toMatchObject({ seed: null, simulatedZones: 0, realZones: 3, empty: false })
    })
  })

  describe('a town in production', () => {
    it('is shown unchanged, without new simulated reports', async () => {
      await makeDemo(deps(), SEED)
      const service = await start({ ...AS_FOR_A_NEWCOMER, KICKSTAND_ENV: 'production' })
      expect(await townZones(service)).toHaveLength(150)
      await sleep(300)
      expect(await rows()).toMatchObject({ reports: 0, riders: 0 })
    })
  })

  describe('removing the town', () => {
    it('removes everything of it, also from running servers, and keeps real zones and their basemap', async () => {
      const service = await start()
      await vi.waitFor(async () => expect((await rows())['reports']).toBeGreaterThan(20), { timeout: 20_000 })
      await importRealZones()
      const removed = await removeDemo(deps())
      expect(removed).toEqual({ zones: 150, sources: ['demo'] })
      await vi.waitFor(
        async () => {
          expect(await townZones(service)).toEqual([])
          const config = await appConfig(service)
          expect(config).toMatchObject({ demo: false, zones: 3 })
          expect(config.basemap.url).not.toBe('/basemap/tiles.json')
        },
        { timeout: 10_000, interval: 100 },
      )
      // A simulated report may arrive after the zones are removed; a second call removes it.
      await removeDemo(deps())
      expect(await rows()).toMatchObject({ sources: 1, zones: 3, zone_sources: 3 })
      expect(await demoStatus(database.db)).toMatchObject({ seed: null, simulatedZones: 0, realZones: 3 })
    })

    it('does nothing if there is no town', async () => {
      expect(await removeDemo(deps())).toEqual({ zones: 0, sources: [] })
    })
  })

  describe('generating', () => {
    it('replaces a town by another, and by zones for measurements', async () => {
      await makeDemo(deps(), SEED)
      const made = await makeDemo(deps(), { seed: 12, zones: null })
      expect(made).toMatchObject({ source: 'demo', seed: 12, zones: 150 })
      expect(await demoStatus(database.db)).toMatchObject({ seed: 12, simulatedZones: 150 })
      const steps: number[] = []
      const world = await makeDemo(deps(), { seed: 1, zones: 3000 }, (done) => steps.push(done))
      expect(world).toMatchObject({ source: 'demo-world', zones: 3000 })
      expect(steps.at(-1)).toBe(3000)
      expect(await rows()).toMatchObject({ zones: 3000, zone_sources: 3000, sources: 1 })
    })
  })
})
