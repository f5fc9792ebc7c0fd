import { paths, ReportCreatedSchema } from '@kickstand/contract'
import { fakeClock, seededRandom } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createStoreHourly, cutOf } from '#features/availability/store-hourly.ts'
import { storeCheckpoints } from '#features/availability/store-checkpoints.ts'
import { expectShape } from './support/expect-shape.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const RIDERS = 7
/** In three time zones, one without a known capacity. */
const ZONES = Array.from({ length: 9 }, (_, i) => ({
  id: `zone00000${i}`,
  capacity: i === 8 ? null : 6 + i,
  lat: 37.79 + i / 1_000,
  lng: [-122.4, -3.7, 121.5][i % 3],
}))

forEachEngine((engine) => {
  const clock = fakeClock()
  const random = seededRandom(11)
  let database: TestDatabase
  let service: TestService

  beforeEach(async () => {
    database = await engine.open()
    service = await start()
    await seedZones(service.service.context.eventLog, ZONES)
    await service.service.context.tail.catchUp()
  })
  afterEach(async () => {
    await service.stop()
    await database.dispose()
  })

  const start = (): Promise<TestService> => startTestService({ url: database.url, clock: clock.now })
  const deps = (one: TestService) => one.service.context
  const asRider = (n: number) => ({ authorization: `Bearer device-secret-of-rider-number-${n}` })
  const pick = (n: number): number => Math.floor(random() * n)

  /** Sends a random report on a random zone: sometimes late, sometimes from an outbox, sometimes undone. */
  async function reportSomething(one: TestService): Promise<void> {
    const rider = asRider(pick(RIDERS))
    const { id, lat, lng } = ZONES[pick(ZONES.length - 1)]
    const age = [0, 0, 0, 20 * MINUTE, 5 * HOUR][pick(5)]
    const content = [{ kind: 'count', count: pick(14) }, { kind: 'level', level: 'few' }, { kind: 'arrived' }][pick(3)]
    const near = pick(3) === 0 ? { position: { lat: lat + 0.001, lng, accuracy: 12 } } : {}
    const body = { zoneId: id, ...content, ...near, late: true, observedAt: new Date(clock.now() - age).toISOString() }
    const answer = await one.post(paths.reports(), body, rider)
    const { report } = expectShape(ReportCreatedSchema, await answer.json())
    if (pick(5) === 0) expect((await one.delete(paths.report(report.id), rider)).status).toBe(204)
  }

  async function day(one: TestService, reports: number): Promise<void> {
    for (let i = 0; i < reports; i += 1) {
      await reportSomething(one)
      clock.advance((24 * HOUR) / reports)
    }
  }

  /** The internal state of all estimates, and the availability for now and tomorrow. */
  function heldBy(one: TestService): unknown {
    const { board } = deps(one)
    return ZONES.map(({ id }) => {
      const row = board.row(id) ?? -1
      const published = [0, HOUR, 20 * HOUR].map((ahead) => board.availability(row, clock.now() + ahead))
      return { id, bytes: Buffer.from(board.estimateBytes(row)).toString('hex'), published }
    })
  }

  const trustIn = (one: TestService): number[] =>
    Array.from({ length: RIDERS }, (_, n) => n).map((n) =>
      deps(one).board.reporters.outlierProbabilityOf(riderIds[n] ?? ''),
    )
  let riderIds: string[] = []

  it('are bit-identical after a restart, with and without checkpoints', { timeout: 60_000 }, async () => {
    await day(service, 40)
    for (let days = 0; days < 3; days += 1) {
      const again = await start()
      expect(heldBy(again)).toEqual(heldBy(service))
      await again.stop()
      await day(service, 40)
      expect(await storeCheckpoints(deps(service), cutOf(clock.now()))).toBe(true)
      expect(deps(service).board.rowsToCheckpoint(cutOf(clock.now()))).toEqual([])
    }
    const { db } = deps(service).database
    const stored = await db.selectFrom('estimates').select('zone_id').where('cut_at', '>', 0).execute()
    expect(stored.length).toBeGreaterThan(5)
    riderIds = (await db.selectFrom('riders').select('id').execute()).map(({ id }) => id)
    const before = { held: heldBy(service), trust: trustIn(service) }
    expect(new Set(before.trust).size, 'riders have been judged').toBeGreaterThan(1)
    await service.stop()
    service = await start()
    expect(heldBy(service)).toEqual(before.held)
    for (const [n, outlierProbability] of trustIn(service).entries())
      expect(outlierProbability).toBeCloseTo(before.trust[n], 5)
  })

  it('stay identical on two servers that store checkpoints at the same time', { timeout: 60_000 }, async () => {
    const other = await start()
    try {
      await day(service, 30)
      await day(other, 30)
      // One server sees the change of the capacity before the other.
      await seedZones(deps(other).eventLog, [{ ...ZONES[0], capacity: 11 }])
      const cutAt = cutOf(clock.now())
      const done = await Promise.all([service, other].map((one) => storeCheckpoints(deps(one), cutAt)))
      expect(done).toEqual([true, true])
      await Promise.all([service, other].map((one) => deps(one).tail.catchUp()))
      expect(heldBy(other)).toEqual(heldBy(service))
      const third = await start()
      expect(heldBy(third)).toEqual(heldBy(service))
      await third.stop()
    } finally {
      await other.stop()
    }
  })

  it('are loaded for a zone that was off the map when the server started', { timeout: 60_000 }, async () => {
    await day(service, 40)
    await day(service, 20)
    await storeCheckpoints(deps(service), cutOf(clock.now()))
    for (const zone of ZONES) await seedZones(deps(service).eventLog, [{ ...zone, status: 'retired' }])
    const again = await start()
    try {
      for (const one of [service, again]) await deps(one).tail.catchUp()
      await seedZones(deps(service).eventLog, ZONES)
      for (const one of [service, again]) await deps(one).tail.catchUp()
      await reportSomething(service)
      for (const one of [service, again]) await deps(one).tail.catchUp()
      expect(heldBy(again)).toEqual(heldBy(service))
      expect(JSON.stringify(heldBy(again))).toContain('"source":"rider"')
    } finally {
      await again.stop()
    }
  })

  it('lose no observation after the clock has jumped days ahead', { timeout: 60_000 }, async () => {
    await day(service, 20)
    const warnings: string[] = []
    const log = { warn: (_: object, text: string) => void warnings.push(text) }
    const jumped = () => clock.now() + 5 * 24 * HOUR
    await createStoreHourly({ ...deps(service), clock: jumped, uptime: () => 0, log })()
    expect(warnings).toEqual([expect.stringContaining('the clock is far ahead')])
    const cut = await deps(service).database.db.selectFrom('estimate_cuts').selectAll().execute()
    for (const { cut_at } of cut) expect(cut_at).toBeLessThanOrEqual(clock.now() - 23 * HOUR)
    const row = deps(service).board.row(ZONES[0].id) ?? -1
    const before = deps(service).board.availability(row, clock.now()).reports
    const body = { zoneId: ZONES[0].id, kind: 'count', count: 3 }
    expect((await service.post(paths.reports(), body, asRider(99))).status).toBe(201)
    expect(deps(service).board.availability(row, clock.now())).toMatchObject({ reports: before + 1, source: 'rider' })
  })

  it('resume an interrupted checkpoint run and lose nothing', { timeout: 60_000 }, async () => {
    await day(service, 40)
    await day(service, 1)
    const { board, eventLog } = deps(service)
    let commits = 0
    const cutOff: typeof eventLog = {
      ...eventLog,
      async commit(work) {
        commits += 1
        if (commits > 1) throw new Error('cut off')
        return eventLog.commit(work)
      },
    }
    const cutAt = cutOf(clock.now())
    await expect(storeCheckpoints({ ...deps(service), eventLog: cutOff }, cutAt)).rejects.toThrow('cut off')
    expect(board.rowsToCheckpoint(cutAt)).toEqual([])
    const again = await start()
    expect(heldBy(again)).toEqual(heldBy(service))
    await again.stop()
    expect(await storeCheckpoints(deps(service), cutAt)).toBe(true)
    const cut = await deps(service).database.db.selectFrom('estimate_cuts').selectAll().execute()
    expect(cut).toEqual([{ id: 1, cut_at: cutAt }])
  })
})
