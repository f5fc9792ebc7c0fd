import { fakeClock, seededRandom } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cutOf } from '#features/availability/store-hourly.ts'
import { learnPriors } from '#features/availability/learn-priors.ts'
import { storeCheckpoints } from '#features/availability/store-checkpoints.ts'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
/** Zones of a street: at noon three of thirty spaces are free, at night six. */
const SPACES = 30
const STREET = Array.from({ length: 20 }, (_, i) => ({
  id: `street${String(i).padStart(4, '0')}`,
  kind: 'bay' as const,
  capacity: SPACES,
  lat: 37.77 + i / 5_000,
  lng: -122.42,
}))
const NEIGHBOUR = { id: 'neighbour0', kind: 'bay' as const, capacity: 40, lat: 37.772, lng: -122.421 }
const OTHER_KIND = { id: 'otherkind0', kind: 'garage' as const, capacity: 60, lat: 37.772, lng: -122.419 }
const FAR = { id: 'faraway000', kind: 'bay' as const, capacity: 40, lat: 40.42, lng: -3.7 }
/** Six zones of a separate town, and one more. */
const HAMLET = Array.from({ length: 6 }, (_, i) => ({
  ...FAR,
  id: `hamlet000${i}`,
  capacity: SPACES,
  lat: 48.1 + i / 5_000,
}))
const OF_HAMLET = { ...FAR, id: 'ofhamlet00', lat: 48.102 }
const ZONES = [...STREET, NEIGHBOUR, OTHER_KIND, FAR, ...HAMLET, OF_HAMLET]

forEachEngine((engine) => {
  const clock = fakeClock()
  let random = seededRandom(5)
  let database: TestDatabase
  let service: TestService

  beforeEach(async () => {
    random = seededRandom(5)
    database = await engine.open()
    service = await start()
    await seedZones(deps(service).eventLog, ZONES)
    await deps(service).tail.catchUp()
  })
  afterEach(async () => {
    await service.stop()
    await database.dispose()
  })

  /** Without the role `jobs`: the test itself says when priors are learned. */
  const start = (): Promise<TestService> =>
    startTestService({ url: database.url, clock: clock.now, env: { KICKSTAND_ROLES: 'web,api,live' } })
  const deps = (one: TestService) => one.service.context

  /** Reports six counts a day at each zone, from `from` to `to`. */
  async function count(one: TestService, zones: readonly { readonly id: string }[], from: number, to: number) {
    const { batcher, newId } = deps(one)
    const stored = []
    for (let time = from; time < to; time += 4 * HOUR) {
      for (const { id } of zones) {
        const at = time + Math.floor(random() * HOUR)
        const bikes = Math.round(SPACES * (0.86 - 0.05 * Math.cos((2 * Math.PI * time) / DAY)) + 3 * (random() - 0.5))
        stored.push(
          batcher.store({
            id: newId(),
            zone_id: id,
            rider_id: `rider${Math.floor(random() * 40)}`,
            kind: 'count',
            count: bikes,
            level: null,
            problem: null,
            observed_at: at,
            received_at: at,
            distance: null,
            accuracy: null,
            over_capacity: 0,
            effect: 'estimate',
            event_order: at,
            outlier_probability: 0.1,
            network: null,
            trusted: 0,
            retracted_at: null,
            idempotency: null,
            payload_hash: 'p',
          }),
        )
      }
    }
    await Promise.all(stored)
  }

  function publishedFor(one: TestService, { id }: { readonly id: string }, ahead = 0) {
    const { board } = deps(one)
    return board.availability(board.row(id) ?? -1, clock.now() + ahead)
  }

  function heldBy(one: TestService): unknown {
    const { board } = deps(one)
    return ZONES.map((zone) => {
      const bytes = Buffer.from(board.estimateBytes(board.row(zone.id) ?? -1)).toString('hex')
      return { id: zone.id, bytes, publishedFor: [0, HOUR, 20 * HOUR].map((ahead) => publishedFor(one, zone, ahead)) }
    })
  }

  const night = async (one: TestService): Promise<boolean> => {
    expect(await storeCheckpoints(deps(one), cutOf(clock.now()))).toBe(true)
    const learned = await learnPriors(deps(one), cutOf(clock.now()))
    await deps(one).tail.catchUp()
    return learned
  }

  it('estimate a zone without reports from its neighbours, but not one far away', { timeout: 60_000 }, async () => {
    await count(service, [...STREET, ...HAMLET], clock.now() - 30 * DAY, clock.now() - 2 * DAY)
    expect(await night(service)).toBe(true)
    const neighbour = publishedFor(service, NEIGHBOUR)
    expect(neighbour).toMatchObject({ source: 'history', observedAt: null, reports: 0 })
    expect(neighbour.expectedFree).toBeGreaterThan(3)
    expect(neighbour.expectedFree).toBeLessThan(8)
    const share = ({ freeLow, freeHigh }: typeof neighbour, of: number) => ((freeHigh ?? 0) - (freeLow ?? 0)) / of
    expect(share(neighbour, NEIGHBOUR.capacity), 'no surer than of those that were seen').toBeGreaterThanOrEqual(
      share(publishedFor(service, STREET[3]), SPACES),
    )
    expect(publishedFor(service, OTHER_KIND), 'by its city').toMatchObject({ source: 'history' })
    expect(publishedFor(service, FAR)).toMatchObject({ state: 'unknown', source: 'none', chance: null })
    expect(publishedFor(service, HAMLET[0])).toMatchObject({ source: 'history' })
    expect(publishedFor(service, OF_HAMLET), 'six are too few').toMatchObject({ state: 'unknown', source: 'none' })
  })

  it(
    'are learned once a night, are equal on all servers, and unchanged after a restart',
    { timeout: 120_000 },
    async () => {
      await count(service, STREET, clock.now() - 30 * DAY, clock.now() - 2 * DAY)
      const other = await start()
      try {
        await night(service)
        await deps(other).tail.catchUp()
        expect(heldBy(other)).toEqual(heldBy(service))
        expect(await night(other)).toBe(false)
        // First reports of a zone with a prior, and further ones of zones that learned before there was one.
        for (let days = 0; days < 3; days += 1) {
          await count(
            days === 1 ? other : service,
            [NEIGHBOUR, FAR, ...STREET.slice(0, 12)],
            clock.now(),
            clock.now() + DAY,
          )
          clock.advance(DAY)
          for (const one of [service, other]) await deps(one).tail.catchUp()
          expect(heldBy(other)).toEqual(heldBy(service))
          const again = await start()
          expect(heldBy(again)).toEqual(heldBy(service))
          await again.stop()
          const learned = await Promise.all([service, other].map(night))
          // Reports of the last day are not in the checkpoints yet.
          expect(learned.filter(Boolean)).toHaveLength(days === 0 ? 0 : 1)
          for (const one of [service, other]) await deps(one).tail.catchUp()
          expect(heldBy(other)).toEqual(heldBy(service))
        }
        const again = await start()
        expect(heldBy(again)).toEqual(heldBy(service))
        await again.stop()
        const { db } = deps(service).database
        const rests = await db.selectFrom('estimates').select(['zone_id', 'prior']).where('prior', '>', 0).execute()
        expect(rests.length).toBeGreaterThan(10)
        const numbers = (await db.selectFrom('priors').select('number').execute()).map(({ number }) => number)
        expect(
          rests.every(({ prior }) => numbers.includes(prior)),
          'priors in use are kept',
        ).toBe(true)
        expect(numbers).not.toContain(1)
      } finally {
        await other.stop()
      }
    },
  )
})
