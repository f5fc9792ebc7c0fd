import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openDatabase, systemClock } from '@kickstand/backend'
import { paths } from '@kickstand/contract'
import { freePort, serviceEnvironment } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { SERVER_MAIN } from '@kickstand/testkit/spawn-service'
import { startTestService, testSettings } from '@kickstand/testkit/start-service'
import { expect, it } from 'vitest'
import { openStream } from './support/open-stream.ts'

const ZONE = 'zone000001'
const SOON = { timeout: 20_000, interval: 20 }

forEachEngine((engine) => {
  it('a stopping server turns unready first, keeps answering during the drain time, and ends its streams', async () => {
    const database = await engine.open()
    const seeder = await startTestService({ url: database.url })
    await seedZones(seeder.service.context.eventLog, [{ id: ZONE }])
    await seeder.stop()
    const url = `http://127.0.0.1:${await freePort()}`
    const settings = { KICKSTAND_PORT: new URL(url).port, KICKSTAND_DRAIN_SECONDS: '2' }
    const server = spawn(process.execPath, [SERVER_MAIN], {
      env: serviceEnvironment({ ...testSettings(database.url), ...settings }),
      stdio: 'ignore',
    })
    const readiness = (): Promise<number> => fetch(url + paths.readyz()).then(({ status }) => status)
    await expect.poll(() => readiness().catch(() => 0), SOON).toBe(200)
    const stream = await openStream(`${url}${paths.live()}?cells=13/1310/3166`)
    await stream.next(() => true)
    const ended = once(server, 'exit')
    const signalledAt = performance.now()
    server.kill('SIGTERM')
    await expect.poll(readiness, SOON).toBe(503)
    const answer = await fetch(url + paths.reports(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ zoneId: ZONE, kind: 'count', count: 3 }),
    })
    expect([answer.status, answer.headers.get('connection')]).toEqual([201, 'close'])
    expect(await stream.ended).toBe(true)
    expect(performance.now() - signalledAt).toBeGreaterThanOrEqual(1_990)
    expect(stream.retries()).toHaveLength(2)
    expect(await ended).toEqual([0, null])
    const { db, close } = await openDatabase(database.url, systemClock)
    expect(await db.selectFrom('reports').select('zone_id').execute()).toEqual([{ zone_id: ZONE }])
    await close()
    await database.dispose()
  })
})
