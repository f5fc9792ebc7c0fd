import { setTimeout as sleep } from 'node:timers/promises'
import { everythingRequired } from '@kickstand/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect, missingPackages, restartServers } from '../src/index.ts'
import { startLayout, type Layout } from '../tests/layout.ts'
import { killPart } from './kill-part.ts'
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
      await server.comeBack()
    })
  })

  it('MariaDB, kill -9, and its return', async (test) => {
    await expectToSurvive(test, await newScene(), async () => {
      const database = await killPart(layout.folder, 'mariadb')
      await sleep(lasting(20, 3))
      await database.comeBack()
    })
  })

  it('Redis gone', async (test) => {
    const { writes, reads } = await expectToSurvive(test, await newScene(), async () => {
      const redis = await killPart(layout.folder, 'redis')
      await sleep(lasting(60, 4))
      await redis.comeBack()
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
    const { writes } = await expectToSurvive(test, await newScene(1), () => sleep(lasting(60, 5)), {
      phones: 64,
      reportsASecond: 0,
    })
    expect(writes.bad).toEqual({})
  })
})
