import { paths, type ReportInput } from '@kickstand/contract'
import {
  basePrior,
  CONSTANTS,
  createState,
  crpsOfClippedNormal,
  forecastShare,
  hourOfWeek,
  OBSERVED,
  observeZone,
  setCapacity,
  weekPoint,
} from '@kickstand/domain'
import { fakeClock } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cutOf } from '#features/availability/store-hourly.ts'
import { showScores } from '#features/availability/show-scores.ts'
import { storeCheckpoints } from '#features/availability/store-checkpoints.ts'
import { riderIdFor } from '#platform/ids.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SPACES = 10
/** In Iceland, where local time is UTC, so that the test needs no time zone conversion. */
const ZONE = { id: 'zone000001', capacity: SPACES, lat: 64.147, lng: -21.942 }
const OTHER = { ...ZONE, id: 'zone000002' }
const REGULARS = ['one', 'two', 'three'].map((name) => `device-secret-of-regular-${name}`)
const LIAR = 'device-secret-of-a-proven-liar'
const STRANGER = 'device-secret-of-some-stranger'

type Said = { readonly by: string; readonly kind: 'count' | 'level' | 'arrived'; readonly value: number }

/** Honest counts around midnight, a level, a movement, and reports of dishonest and unknown riders in between. */
const REPORTS: readonly Said[] = [
  { by: STRANGER, kind: 'count', value: 5 },
  { by: 'one', kind: 'count', value: 4 },
  { by: LIAR, kind: 'count', value: 10 },
  { by: 'two', kind: 'count', value: 6 },
  { by: 'three', kind: 'count', value: 10 },
  { by: 'one', kind: 'level', value: OBSERVED.few },
  { by: 'two', kind: 'arrived', value: 0 },
  { by: STRANGER, kind: 'count', value: 0 },
  { by: 'three', kind: 'level', value: OBSERVED.full },
  { by: 'one', kind: 'count', value: 1 },
]
const EVERY = 40 * MINUTE

forEachEngine((engine) => {
  const clock = fakeClock()
  let database: TestDatabase
  let service: TestService

  beforeEach(async () => {
    database = await engine.open()
    service = await start()
    await seedZones(service.service.context.eventLog, [ZONE, OTHER])
    await service.service.context.tail.catchUp()
  })
  afterEach(async () => {
    await service.stop()
    await database.dispose()
  })

  async function start(): Promise<TestService> {
    const one = await startTestService({ url: database.url, clock: clock.now })
    for (const secret of REGULARS) one.service.context.board.reporters.put(riderIdFor(secret), 20, 2)
    one.service.context.board.reporters.put(riderIdFor(LIAR), 2, 20)
    return one
  }
  const secretOf = (by: string): string => REGULARS.find((secret) => secret.endsWith(by)) ?? by

  async function send(one: TestService, by: string, body: ReportInput): Promise<string> {
    const answer = await one.post(paths.reports(), body, { authorization: `Bearer ${secretOf(by)}` })
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { report: { id: string } }).report.id
  }
  function bodyOf({ kind, value }: Said, zoneId: string): ReportInput {
    if (kind === 'count') return { zoneId, kind, count: value }
    return kind === 'level' ? { zoneId, kind, level: value === OBSERVED.full ? 'full' : 'few' } : { zoneId, kind }
  }

  /**
   * Sends all `REPORTS` and computes the expected scores from the availability just before each, with the model alone.
   */
  async function sendAndScore(one: TestService): Promise<Map<number, number[]>> {
    const { board } = one.service.context
    const row = board.row(ZONE.id) ?? -1
    const byDay = new Map<number, number[]>()
    const state = createState(1, [basePrior()])
    setCapacity(state, 0, SPACES)
    const share = new Float64Array(2)
    clock.advance(21 * HOUR - (clock.now() % DAY))
    for (const sent of REPORTS) {
      const now = clock.now()
      const hour = hourOfWeek(now / MINUTE, 0, false)
      const forecast = board.availability(row, now)
      forecastShare(state, 0, now / MINUTE, weekPoint(hour), CONSTANTS, share)
      if (REGULARS.includes(secretOf(sent.by)) && sent.kind !== 'arrived') {
        const counts = sent.kind === 'count'
        const free = counts ? SPACES - sent.value : sent.value === OBSERVED.full ? 0 : 1
        const day = Math.floor(now / DAY)
        const sums = byDay.get(day) ?? [0, 0, 0, 0, 0]
        byDay.set(day, sums)
        sums[0] += 1
        sums[1] += ((forecast.chance ?? Number.NaN) - (free > 0 ? 1 : 0)) ** 2
        if (counts) {
          sums[2] += 1
          sums[3] += crpsOfClippedNormal(share[0], Math.sqrt(CONSTANTS.publishFactor * share[1]), sent.value / SPACES)
          sums[4] += (forecast.freeLow ?? Number.NaN) <= free && free <= (forecast.freeHigh ?? Number.NaN) ? 1 : 0
        }
      }
      const kind =
        sent.kind === 'level' ? (sent.value === OBSERVED.full ? OBSERVED.full : OBSERVED.few) : OBSERVED[sent.kind]
      const outlierProbability = board.reporters.outlierProbabilityOf(riderIdFor(secretOf(sent.by)))
      observeZone(state, 0, kind, sent.value, now / MINUTE, hour, outlierProbability)
      await send(one, sent.by, bodyOf(sent, ZONE.id))
      clock.advance(EVERY)
    }
    return byDay
  }

  async function stored(): Promise<Map<number, number[]>> {
    const { db } = service.service.context.database
    const rows = await db.selectFrom('scores').selectAll().where('zone_id', '=', ZONE.id).orderBy('day').execute()
    return new Map(
      rows.map(({ day, chances, brier, shares, crps, covered }) => [day, [chances, brier, shares, crps, covered]]),
    )
  }
  function expectSame(found: Map<number, number[]>, expected: Map<number, number[]>): void {
    expect([...found.keys()]).toEqual([...expected.keys()])
    for (const [day, sums] of expected) {
      for (const [i, sum] of sums.entries()) expect(found.get(day)?.[i]).toBeCloseTo(sum, 6)
    }
  }
  async function metric(servers: readonly TestService[], name: string): Promise<number> {
    let sum = 0
    for (const one of servers) {
      const found = await one.service.context.metrics.registry.getSingleMetric(name)?.get()
      sum += found?.values[0]?.value ?? 0
    }
    return sum
  }

  it('are those of the published forecasts, and ignore dishonest and unknown riders', async () => {
    const expected = await sendAndScore(service)
    expect(expected.size, 'days').toBe(2)
    clock.advance(2 * DAY)
    expect(await storeCheckpoints(service.service.context, cutOf(clock.now()))).toBe(true)
    expectSame(await stored(), expected)
    expect(await metric([service], 'kickstand_forecast_chances_total')).toBe(6)
    expect(await metric([service], 'kickstand_forecast_counts_total')).toBe(4)
    const shown = await showScores({ db: service.service.context.database.db, clock: clock.now }, 30, null)
    expect(shown.total).toMatchObject({ reports: 6, counts: 4 })
    expect(shown.zones.map(({ zoneId }) => zoneId)).toEqual([ZONE.id])
    expect(shown.days).toHaveLength(expected.size)
    const nothing = await showScores({ db: service.service.context.database.db, clock: clock.now }, 30, OTHER.id)
    expect(nothing).toMatchObject({ total: { reports: 0, brier: null, coverage80: null }, days: [], zones: [] })
  })

  it(
    'are counted once by two servers that run the job at the same time, and not again after a restart',
    { timeout: 60_000 },
    async () => {
      const other = await start()
      try {
        const expected = await sendAndScore(service)
        const undone = await send(service, 'one', { zoneId: OTHER.id, kind: 'count', count: 3 })
        await service.delete(paths.report(undone), { authorization: `Bearer ${secretOf('one')}` })
        clock.advance(2 * DAY)
        const cutAt = cutOf(clock.now())
        await Promise.all([service, other].map((one) => storeCheckpoints(one.service.context, cutAt)))
        expectSame(await stored(), expected)
        expect(await metric([service, other], 'kickstand_forecast_chances_total')).toBe(6)
        await service.stop()
        service = await start()
        clock.advance(HOUR)
        await storeCheckpoints(service.service.context, cutOf(clock.now()))
        expectSame(await stored(), expected)
      } finally {
        await other.stop()
      }
    },
  )
})
