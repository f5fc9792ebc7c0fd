import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { ContributionsBodySchema, NearbyBodySchema, paths } from '@kickstand/contract'
import { fakeClock } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectShape } from './support/expect-shape.ts'

const FIXTURES = path.join(import.meta.dirname, 'fixtures/schema-14')
const RIDER = { authorization: 'Bearer device-secret-of-rider-number-20' }

/** What the version with schema 14 answered on its database, after a restart. */
type Answers = { readonly now: number; readonly nearby: unknown; readonly mine: { readonly facts: readonly unknown[] } }

/** Restores the database of the earlier version into an empty one of this engine. */
function restore(engine: string, { url }: TestDatabase): void {
  if (engine === 'sqlite') {
    const file = url.slice('sqlite:'.length)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, gunzipSync(readFileSync(path.join(FIXTURES, 'sqlite.db.gz'))))
    return
  }
  const { hostname, port, username, pathname } = new URL(url)
  const sql = gunzipSync(readFileSync(path.join(FIXTURES, 'mariadb.sql.gz')))
  execFileSync('mariadb', ['-h', hostname, '-P', port, '-u', username, pathname.slice(1)], { input: sql })
}

forEachEngine((engine) => {
  const answers = JSON.parse(readFileSync(path.join(FIXTURES, `${engine.name}.json`), 'utf8')) as Answers
  const clock = fakeClock(answers.now)
  let database: TestDatabase
  let service: TestService
  beforeAll(async () => {
    database = await engine.openEmpty()
    restore(engine.name, database)
    service = await startTestService({ url: database.url, clock: clock.now })
  })
  afterAll(async () => {
    await service.stop()
    await database.dispose()
  })

  it('a database of schema 14 is migrated and answers the same nearby', async () => {
    const answer = await service.get(`${paths.nearby()}?lat=37.79&lng=-122.4&radius=5000&limit=50`)
    const nearby = expectShape(NearbyBodySchema, await answer.json())
    expect(nearby.zones).toHaveLength(12)
    expect(nearby).toEqual(answers.nearby)
  })

  it('keeps contributions, decisions on them, sensors, priors and the record of riders', async () => {
    const mine = expectShape(ContributionsBodySchema, await (await service.get(paths.myContributions(), RIDER)).json())
    expect(mine.contributions).toEqual(answers.mine.facts)
    const { db } = service.service.context.database
    const [contribution] = mine.contributions
    expect(await db.selectFrom('decisions').select('subject').execute()).toEqual([
      { subject: `contribution:${contribution?.id}` },
    ])
    expect(await db.selectFrom('sensors').select(['counted_at', 'implausible_at']).execute()).toEqual([
      { counted_at: answers.now, implausible_at: answers.now },
    ])
    expect(await db.selectFrom('feed_channels').select(['feed_id', 'channel']).execute()).toEqual([
      { feed_id: 'old-feed', channel: 'live' },
    ])
    expect(await db.selectFrom('priors').select('number').execute()).toHaveLength(3)
    const riders = await db.selectFrom('riders').select('trust_outlier').where('trust_outlier', '>', 0).execute()
    expect(riders.length).toBeGreaterThan(0)
  })

  it('takes reports', async () => {
    const report = { zoneId: 'zone000003', kind: 'level', level: 'some' }
    expect((await service.post(paths.reports(), report, RIDER)).status).toBe(201)
  })
})
