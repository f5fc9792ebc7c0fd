import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, systemClock } from '@kickstand/backend'
import { paths } from '@kickstand/contract'
import { everythingRequired, findMariadb, freshDatabase, runStatement, startMariadb } from '@kickstand/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFaketime, makeFalseClock, type FalseClock } from './clock.ts'
import { expectToSurvive } from './expect-to-survive.ts'
import { lasting, MINUTES } from './length.ts'
import { openScene, type Scene } from './scene.ts'
import { startServers, type Servers } from './servers.ts'

const mayRun = findFaketime() !== null || everythingRequired()
const HOUR_S = 3_600
const NEAR_MS = 60_000
/** Limits are on but never reached: all requests of a test come from one address. */
const LIMITED = {
  KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS: '1000000',
  KICKSTAND_LIMIT_REPORTS_PER_ADDRESS: '1000000',
  KICKSTAND_LIMIT_REPORTS_PER_RIDER: '1000000',
}

/** Sets a clock an hour ahead, an hour behind, and back. `read` returns the time that its owner sees. */
async function jump(
  clock: FalseClock,
  read: () => Promise<number>,
  during: () => Promise<void> = async () => undefined,
): Promise<void> {
  for (const seconds of [HOUR_S, -HOUR_S, 0]) {
    clock.set(seconds)
    await sleep(lasting(40, 3))
    const ahead = (await read()) - Date.now()
    expect(Math.abs(ahead - seconds * 1000), `${seconds} s, and it is ${ahead} ms`).toBeLessThan(NEAR_MS)
    await during()
  }
}

/** The system clock of a server: Node sets the `date` header from it. */
async function timeOf(server: string): Promise<number> {
  const { headers } = await fetch(server + paths.healthz())
  return Date.parse(headers.get('date') ?? '')
}

describe.skipIf(!mayRun || findMariadb() === null)('two servers on MariaDB', { timeout: MINUTES }, () => {
  let ofServer: FalseClock
  let ofDatabase: FalseClock
  let database: Awaited<ReturnType<typeof startMariadb>>
  let servers: Servers

  beforeAll(async () => {
    ofServer = makeFalseClock()
    ofDatabase = makeFalseClock()
    const env = Object.entries(ofDatabase.env).map(([name, value]) => `${name}=${value}`)
    database = await startMariadb({ runBy: ['env', ...env] })
    const { url: databaseUrl } = await freshDatabase(database.url)
    servers = await startServers('MariaDB', [
      { databaseUrl, env: LIMITED },
      { databaseUrl, env: { ...LIMITED, ...ofServer.env } },
    ])
  }, MINUTES)
  afterAll(async () => {
    await servers?.stop()
    await database?.stop()
    ofServer?.remove()
    ofDatabase?.remove()
  }, MINUTES)

  /**
   * Reports with a time from the phone. A server whose time is an hour off would reject it as too old or in the future.
   */
  async function reportWithTime({ zones }: Scene): Promise<void> {
    for (const { url } of servers.all) {
      const answer = await fetch(url + paths.reports(), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ zoneId: zones[0], kind: 'count', count: 1, observedAt: new Date().toISOString() }),
      })
      expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([201, ''])
    }
  }

  /** First and last `received_at` of the reports of a scene. */
  async function spanOf({ databaseUrl, zones }: Scene): Promise<{ first: number; last: number }> {
    const { db, close } = await openDatabase(databaseUrl, systemClock)
    try {
      const times = await db
        .selectFrom('reports')
        .select('received_at')
        .where('zone_id', 'in', [...zones])
        .execute()
      const all = times.map(({ received_at }) => received_at)
      return { first: Math.min(...all), last: Math.max(...all) }
    } finally {
      await close()
    }
  }

  async function timeOfDatabase(): Promise<number> {
    const [row] = await runStatement(database.url, 'SELECT unix_timestamp() AS now')
    return Number(row?.['now']) * 1000
  }

  it.for([
    { whose: 'an app server', clock: () => ofServer, read: () => timeOf(servers.all[1].url) },
    { whose: 'the database', clock: () => ofDatabase, read: timeOfDatabase },
  ])('the clock of $whose an hour ahead, an hour behind, and right again', async ({ clock, read }, test) => {
    const begun = Date.now()
    const [scene, other] = [await openScene(servers.place), await openScene(servers.place, 1)]
    const { reads, writes } = await expectToSurvive(test, scene, () => jump(clock(), read, () => reportWithTime(other)))
    expect([reads.bad, writes.bad]).toEqual([{}, {}])
    for (const one of [scene, other]) {
      const { first, last } = await spanOf(one)
      expect(first).toBeGreaterThan(begun - NEAR_MS)
      expect(last).toBeLessThan(Date.now() + NEAR_MS)
    }
  })
})

describe.skipIf(!mayRun)('one server on SQLite', { timeout: MINUTES }, () => {
  let folder: string
  let clock: FalseClock
  let servers: Servers

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'ks-sqlite-'))
    clock = makeFalseClock()
    servers = await startServers('SQLite', [
      { databaseUrl: `sqlite:${folder}/kickstand.db`, env: { ...LIMITED, ...clock.env } },
    ])
  }, MINUTES)
  afterAll(async () => {
    await servers?.stop()
    clock?.remove()
    rmSync(folder, { recursive: true, force: true })
  }, MINUTES)

  it('its clock an hour ahead, an hour behind, and right again', async (test) => {
    const scene = await openScene(servers.place)
    const { reads, writes } = await expectToSurvive(test, scene, () => jump(clock, () => timeOf(servers.all[0].url)))
    expect([reads.bad, writes.bad]).toEqual([{}, {}])
  })
})
