import { paths, SourcesBodySchema, ZoneSchema, type AvailabilityBody, type FeedHealthBody } from '@kickstand/contract'
import type { Row } from '#db/schema.ts'
import { aSource } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import { readSensors } from '#features/sensors/sensor-store.ts'
import { judgeSensors } from '#features/sensors/judge-sensors.ts'
import { ingestReadings } from '#features/sensors/ingest-readings.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService, type ServiceUnderTest } from './support/use-service.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const FEED = aSource().id
const ZONES = Array.from({ length: 6 }, (_, i) => ({ id: `zone00000${i}`, capacity: 10, lat: 37.79 + i / 1_000 }))

/** The true occupancy at a time: fuller by day, and always changing. */
const truth = (zone: number, time: number): number =>
  Math.round(5 + 3 * Math.sin((2 * Math.PI * time) / (8 * HOUR) + zone))

forEachEngine((engine) => {
  describe('a simulated day', () => {
    const service = useService(engine, { zones: ZONES })

    const now = (): number => service().clock.now()
    const advance = (ms: number): void => service().clock.advance(ms)

    it('detects a frozen sensor, then trusts it again when it changes', async () => {
      // After half a day, sensor 0 repeats its value while the others change.
      for (let t = 0; t < 12 * HOUR; t += 10 * MINUTE) {
        await says(
          service(),
          ZONES.map((_, i) => truth(i, now())),
        )
        advance(10 * MINUTE)
      }
      const stuckAt = truth(0, now())
      const frozenFrom = now()
      while ((await sensor(service(), 0)).frozen_at === null) {
        await says(
          service(),
          ZONES.map((_, i) => (i === 0 ? stuckAt : truth(i, now()))),
        )
        advance(10 * MINUTE)
        if (now() - frozenFrom > 12 * HOUR) throw new Error('it was not found within half a day')
      }
      expect((await sensor(service(), 1)).frozen_at).toBeNull()
      expect((await live(service()))?.frozenSensors).toBe(1)
      // Its readings no longer count: the estimate fades to the usual value, and the zone stays.
      for (let i = 0; i < 12; i += 1) {
        await says(service(), [stuckAt])
        advance(10 * MINUTE)
      }
      const zone = await availability(service(), 0)
      expect(zone.source === 'sensor' ? now() - Date.parse(zone.observedAt ?? '') : HOUR).toBeGreaterThan(30 * MINUTE)
      await says(service(), [stuckAt === 9 ? 2 : 9])
      expect((await sensor(service(), 0)).frozen_at).toBeNull()
      expect(await availability(service(), 0)).toMatchObject({
        source: 'sensor',
        observedAt: new Date(now()).toISOString(),
      })
    })

    it('detects a frozen feed', async () => {
      const values = ZONES.map((_, i) => truth(i, now()))
      for (let t = 0; t <= 24.5 * HOUR; t += 30 * MINUTE) {
        await says(service(), values)
        advance(30 * MINUTE)
      }
      expect(await live(service())).toMatchObject({ state: 'frozen', zones: 6 })
      expect(service().service.context.board.zones()).toBe(6)
      await says(
        service(),
        values.map((value) => (value + 1) % 10),
      )
      expect(await live(service())).toMatchObject({ state: 'ok', frozenSensors: 0 })
    })
  })

  describe('a simulated day with riders', () => {
    const service = useService(engine, { zones: ZONES })
    const now = (): number => service().clock.now()

    it('detects an implausible sensor, and not the correct one next to it', async () => {
      const { database } = service().service.context
      let found: number | null = null
      let saved: number | null = null
      const began = now()
      for (let step = 0; step < 144; step += 1) {
        // Sensor 0 reports the opposite of the truth; after 16 hours it is repaired.
        const isImplausible = step < 96
        const there = truth(0, now())
        await says(service(), [isImplausible ? (there > 5 ? 0 : 10) : there, truth(1, now())])
        service().clock.advance(5 * MINUTE)
        if (step % 3 === 0) {
          for (const zone of [0, 1])
            await report(service(), zone, truth(zone, now()), `rider-number-${step % 13}-of-the-day`)
        }
        service().clock.advance(5 * MINUTE)
        await judgeSensors(database.db, now())
        const implausible = (await sensor(service(), 0)).implausible_at
        if (implausible !== null) found ??= now() - began
        if (implausible === null && found !== null && !isImplausible) saved ??= now() - began
        expect((await sensor(service(), 1)).implausible_at).toBeNull()
        if (found !== null && step === 60) {
          expect(await live(service())).toMatchObject({ state: 'implausible', implausibleSensors: 1 })
          // The estimate is now based on riders.
          expect(await availability(service(), 0)).toMatchObject({ source: 'rider' })
        }
      }
      expect(found).toBeLessThan(12 * HOUR)
      expect(saved).not.toBeNull()
    })
  })
})

async function sensor(service: ServiceUnderTest, zone: number): Promise<Row<'sensors'>> {
  const sensors = await readSensors(service.service.context.database.db, FEED)
  const found = sensors.find(({ zone_id }) => zone_id === ZONES[zone].id)
  if (found === undefined) throw new Error(`zone ${zone} has no sensor`)
  return found
}

async function live(service: ServiceUnderTest): Promise<FeedHealthBody['live'] | undefined> {
  const { sources } = expectShape(SourcesBodySchema, await (await service.get(paths.sources())).json())
  return sources.find(({ id }) => id === FEED)?.health?.live
}

async function availability(service: ServiceUnderTest, zone: number): Promise<AvailabilityBody> {
  const answer = await service.get(paths.zone(ZONES[zone].id))
  return expectShape(ZoneSchema, await answer.json()).availability
}

async function says(service: ServiceUnderTest, values: readonly number[]): Promise<void> {
  const { clock, eventLog, database, newId } = service.service.context
  const readings = values.map((value, i) => ({
    pointer: `/${i}`,
    ref: `node/${ZONES[i].id}`,
    zoneId: null,
    kind: 'count' as const,
    value,
    at: clock(),
    capacity: null,
  }))
  await ingestReadings({ clock, eventLog, database, newId }, FEED, readings)
}

async function report(service: ServiceUnderTest, zone: number, count: number, rider: string): Promise<void> {
  const body = { zoneId: ZONES[zone].id, kind: 'count', count }
  const answer = await service.post(paths.reports(), body, { authorization: `Bearer ${rider}-secret-of-device` })
  expect(answer.status).toBe(201)
}
