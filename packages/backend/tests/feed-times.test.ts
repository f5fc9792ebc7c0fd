import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { paths, SourcesBodySchema, ZoneSchema, type FeedHealthBody } from '@kickstand/contract'
import { fakeClock, type FakeClock } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { expectShape } from './support/expect-shape.ts'

const HOUR = 60 * 60_000
const BAYS = Array.from({ length: 6 }, (_, i) => ({ id: `p${i}`, lat: 48.5 + i / 100, lng: 9.2, spaces: 10 }))

/** Unreadable times: epoch zero, year one, words, dates that do not exist, an empty text, a missing field. */
const UNREADABLE: readonly unknown[] = [0, -62_135_596_800, 'yesterday', '2026-13-45 99:99:99', '', undefined]

forEachEngine((engine) => {
  let database: TestDatabase
  let clock: FakeClock
  let folder: string
  let service: TestService

  beforeEach(async () => {
    database = await engine.open()
    clock = fakeClock()
    folder = await mkdtemp(path.join(tmpdir(), 'ks-times-'))
    const profile = {
      id: 'city',
      name: 'City',
      licence: 'CC0-1.0',
      attribution: 'City',
      trust: 'official',
      supply: 'motorcycle',
      timeZone: 'Europe/Berlin',
      ref: 'id',
      fields: { lat: 'lat', lng: 'lng', capacity: 'spaces' },
      static: { address: 'bays.data', every: '1 hour' },
      live: { address: 'live.data', every: '2 minutes', free: 'free', at: 'at' },
    }
    await writeFile(path.join(folder, 'city.json'), JSON.stringify(profile))
    await writeFile(path.join(folder, 'bays.data'), JSON.stringify(BAYS))
    await writeFile(path.join(folder, 'live.data'), '[]')
    service = await startTestService({ url: database.url, clock: clock.now, env: { KICKSTAND_FEEDS: `${folder}/` } })
    await tick()
  })
  afterEach(async () => {
    await service.stop()
    await rm(folder, { recursive: true, force: true })
    await database.dispose()
  })

  async function tick(): Promise<void> {
    await service.service.jobs.runDue()
    await service.service.context.tail.catchUp()
  }
  /** Makes the feed return one reading per time. */
  async function answerAt(times: readonly unknown[]): Promise<void> {
    await writeFile(
      path.join(folder, 'live.data'),
      JSON.stringify(times.map((at, i) => ({ id: `p${i}`, free: 4, at }))),
    )
    clock.advance(2 * 60_000)
    await tick()
  }
  async function live(): Promise<FeedHealthBody['live']> {
    const { sources } = expectShape(SourcesBodySchema, await (await service.get(paths.sources())).json())
    return sources.find(({ id }) => id === 'city')?.health?.live ?? null
  }
  /** `observedAt` of the first six zones, in the order of their references. */
  async function seen(): Promise<(string | null)[]> {
    const list = await (await service.get(`${paths.zones()}?bbox=9,48,10,49`)).json()
    const { zones } = list as { zones: unknown[] }
    return zones
      .map((zone) => expectShape(ZoneSchema, zone))
      .toSorted((a, b) => a.lat - b.lat)
      .map(({ availability }) => availability.observedAt)
  }

  it('unreadable times are rejected and never replaced by now, and the feed is failing', async () => {
    await answerAt(UNREADABLE)
    expect(await seen()).toEqual(UNREADABLE.map(() => null))
    expect(await live()).toMatchObject({ state: 'failing', newestAt: null })
  })

  it('a reading with an unreadable time is rejected alone; a German time is read in the time zone of the feed', async () => {
    const now = clock.now() + 2 * 60_000
    const berlin = new Intl.DateTimeFormat('de-DE', {
      dateStyle: 'medium',
      timeStyle: 'medium',
      timeZone: 'Europe/Berlin',
    })
    await answerAt([berlin.format(now - 60_000), 'yesterday'])
    const whole = new Date(Math.floor((now - 60_000) / 1000) * 1000).toISOString()
    const [first, ...others] = await seen()
    expect(Date.parse(first ?? '')).toBe(Date.parse(whole))
    expect(others.every((at) => at === null)).toBe(true)
    expect(await live()).toMatchObject({ state: 'ok', taken: 1, rejected: 1 })
  })

  it('a feed is failing when all of its readings are rejected, whether their times are too new or too old', async () => {
    const at = (ms: number): string => new Date(clock.now() + ms).toISOString()
    for (const offset of [3 * HOUR, -30 * HOUR]) {
      await answerAt([at(offset), at(offset)])
      expect(await live(), String(offset)).toMatchObject({ state: 'failing', newestAt: null })
    }
    await answerAt([at(0), at(3 * HOUR)])
    const health = await live()
    expect(health).toMatchObject({ state: 'ok', taken: 1, rejected: 1 })
    expect(Date.parse(health?.newestAt ?? '')).toBeLessThanOrEqual(clock.now())
  })
})
