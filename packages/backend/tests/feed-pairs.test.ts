import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { paths, SourcesBodySchema, ZoneSchema, type ZoneBody } from '@kickstand/contract'
import { fakeClock, sharedData } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { zoneIdFor } from '#platform/ids.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectShape } from './support/expect-shape.ts'

const MINUTE = 60_000
const there = sharedData('importer/parkapi/v3-parking-site-list.json') !== null
const real = (file: string): string => sharedData(`importer/${file}`) ?? ''

/** These files list car parks; their profiles treat all spaces as motorcycle spaces. */
const WHO = { id: 'city', name: 'City', licence: 'x', attribution: 'x', trust: 'official', supply: 'motorcycle' }

const PAIRS = [
  {
    of: 'DATEX II of Aachen',
    profile: { format: 'datex2' },
    table: 'datex2/aachen-static.xml',
    status: 'datex2/aachen-realtime.xml',
    ref: 'P1',
    free: 412,
    at: '2025-02-07T19:05:34.000Z',
    zones: 17,
  },
  {
    of: 'DATEX II of Friedrichshafen, a sensor a space',
    profile: { format: 'datex2' },
    table: 'datex2/friedrichshafen-sensors-static.xml',
    status: 'datex2/friedrichshafen-sensors-realtime.xml',
    ref: 'PH19',
    free: 0,
    at: '2025-07-18T06:41:01.000Z',
    zones: 55,
  },
  {
    of: 'ParkAPI',
    profile: { format: 'parkapi' },
    table: 'parkapi/v3-parking-site-list.json',
    status: 'parkapi/v3-parking-site-list.json',
    ref: '12717250',
    free: 15,
    at: '2025-06-24T11:54:45.000Z',
    zones: 2,
  },
]

describe.skipIf(!there)('zones, then their occupancy', () => {
  forEachEngine((engine) => {
    let database: TestDatabase
    let folder: string
    let service: TestService | undefined

    beforeEach(async () => {
      database = await engine.open()
      folder = await mkdtemp(path.join(tmpdir(), 'ks-pair-'))
    })
    afterEach(async () => {
      await service?.stop()
      service = undefined
      await rm(folder, { recursive: true, force: true })
      await database.dispose()
    })

    it.each(PAIRS)('of $of give availability of the right age and source', async (pair) => {
      const { profile, table, status, ref, free, at, zones } = pair
      const file = path.join(folder, 'city.json')
      const channels = { static: { address: real(table) }, live: { address: real(status), every: '5 minutes' } }
      await writeFile(file, JSON.stringify({ ...WHO, ...profile, ...channels }))
      const clock = fakeClock(Date.parse(at) + 5 * MINUTE)
      service = await startTestService({ url: database.url, clock: clock.now, env: { KICKSTAND_FEEDS: file } })
      const { jobs, context } = service.service
      // Live data may arrive first, for unknown zones; the next fetch then matches.
      await jobs.runDue()
      clock.advance(5 * MINUTE)
      await context.tail.catchUp()
      await jobs.runDue()
      await context.tail.catchUp()

      expect(context.board.zones()).toBe(zones)
      const { capacity, availability } = await zone(service, ref)
      expect(availability).toMatchObject({ source: 'sensor', observedAt: at, reports: 0 })
      expect(Math.abs((availability.ageSeconds ?? 0) - 600)).toBeLessThan(2)
      expect(Math.abs((availability.expectedFree ?? Infinity) - free)).toBeLessThan(0.05 * (capacity ?? 0) + 0.5)
      const { sources } = expectShape(SourcesBodySchema, await (await service.get(paths.sources())).json())
      expect(sources[0].health).toMatchObject({ static: { state: 'ok', zones }, live: { state: 'ok', failures: 0 } })

      // Without new data the estimate fades, and no zone is removed.
      clock.advance(3 * 24 * 60 * MINUTE)
      expect((await zone(service, ref)).availability.source).not.toBe('sensor')
      expect(context.board.zones()).toBe(zones)
    })
  })
})

async function zone(service: TestService, ref: string): Promise<ZoneBody> {
  return expectShape(ZoneSchema, await (await service.get(paths.zone(zoneIdFor('city', ref)))).json())
}
