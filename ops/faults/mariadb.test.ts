import { setTimeout as sleep } from 'node:timers/promises'
import { everythingRequired, runStatement } from '@kickstand/testkit'
import { spawnService } from '@kickstand/testkit/spawn-service'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect, missingPackages, restartServers } from '../src/index.ts'
import { startLayout, type Layout } from '../tests/layout.ts'
import { killPart, partOf } from './kill-part.ts'
import { lasting, MINUTES } from './length.ts'
import { openScene, placeOf, type Scene } from './scene.ts'
import { expectToSurvive } from './expect-to-survive.ts'

const missing = missingPackages({ database: 'mariadb', cdn: true })

describe.skipIf(missing.length > 0 && !everythingRequired())('three servers on MariaDB', { timeout: MINUTES }, () => {
  let layout: Layout

  beforeAll(async () => {
    layout = await startLayout({ servers: 3 })
  }, MINUTES)
  afterAll(async () => layout?.stop(), MINUTES)

  const newScene = (zones?: number): Promise<Scene> => openScene(placeOf(layout), zones)

  it('an app server, kill -9, and its return', async (test) => {
    await expectToSurvive(test, await newScene(), async () => {
      const server = await killPart(layout.folder, 'server-2')
      await sleep(lasting(20, 2))
      await server.restart()
    })
  })

  it('MariaDB, kill -9, and its return', async (test) => {
    const { reads } = await expectToSurvive(test, await newScene(), async () => {
      const database = await killPart(layout.folder, 'mariadb')
      await sleep(lasting(20, 3))
      await database.restart()
    })
    expect(reads.bad, 'reads go on').toEqual({})
  })

  it('MariaDB standing still', async (test) => {
    const { writes, reads } = await expectToSurvive(test, await newScene(), async () => {
      const { pid } = partOf(layout.folder, 'mariadb')
      process.kill(pid, 'SIGSTOP')
      try {
        await sleep(lasting(20, 12))
      } finally {
        process.kill(pid, 'SIGCONT')
      }
    })
    expect(reads.bad).toEqual({})
    // A retry while the first request is still in progress gets 409.
    expect(['503', '409']).toEqual(expect.arrayContaining(Object.keys(writes.bad)))
    expect(writes.bad['503']).toBeGreaterThan(0)
  })

  it('Redis gone', async (test) => {
    const { writes, reads } = await expectToSurvive(test, await newScene(), async () => {
      const redis = await killPart(layout.folder, 'redis')
      await sleep(lasting(60, 4))
      await redis.restart()
    })
    expect([writes.bad, reads.bad]).toEqual([{}, {}])
  })

  it('a rolling restart of all app servers', async (test) => {
    const { writes, reads, streams } = await expectToSurvive(test, await newScene(), () =>
      restartServers(layout.folder, () => undefined),
    )
    expect([writes.bad, reads.bad, streams.broken]).toEqual([{}, {}, 0])
    expect(streams.opened).toBeGreaterThan(streams.held)
    expect((await inspect(layout.folder)).filter(({ fault }) => fault !== null)).toEqual([])
  })

  it('64 writers on one zone', async (test) => {
    await expectToSurvive(test, await newScene(1), () => sleep(lasting(60, 5)), { phones: 64, reportsASecond: 0 })
  })

  it('four servers that make the schema of an empty database at once', async (test) => {
    const url = `mariadb://root@${layout.part('database').address}`
    await runStatement(url, 'CREATE DATABASE made_at_once CHARACTER SET utf8mb4')
    const databaseUrl = `${url}/made_at_once`
    const services = await Promise.allSettled(Array.from({ length: 4 }, () => spawnService(databaseUrl)))
    const started = services.filter((one) => one.status === 'fulfilled').map(({ value }) => value)
    try {
      expect(services.filter((one) => one.status === 'rejected')).toEqual([])
      const applied = await runStatement(
        databaseUrl,
        'SELECT number FROM made_at_once.schema_migrations ORDER BY number',
      )
      expect(applied.map(({ number }) => number)).toEqual(applied.map((_, i) => i + 1))
      const servers = started.map((one) => one.url)
      // Without Redis and without a load balancer: phones use all servers in turn.
      const scene = await openScene({ engine: 'MariaDB', fronts: servers, servers, databaseUrl })
      const { writes, reads } = await expectToSurvive(test, scene, () => sleep(lasting(20, 2)))
      expect([writes.bad, reads.bad]).toEqual([{}, {}])
    } finally {
      await Promise.all(started.map((one) => one.stop()))
    }
  })
})
