import { setTimeout as sleep } from 'node:timers/promises'
import { everythingRequired, findMariadb, freshDatabase, startMariadb } from '@kickstand/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectToSurvive } from './expect-to-survive.ts'
import { lasting, MINUTES } from './length.ts'
import { makeNetwork, type Network } from './network.ts'
import { openScene } from './scene.ts'
import { memoryOf, readinessOf, startServers, type Servers } from './servers.ts'
import { mayChangeSystem } from './system.ts'

const mayRun = (findMariadb() !== null && mayChangeSystem()) || everythingRequired()
/** Connection and statement timeouts end before this, even if TCP still waits for an answer. */
const CAUGHT_UP_WITHIN_MS = 30_000
const MAX_GROWTH_MIB = 150

describe.skipIf(!mayRun)('two servers on MariaDB, each with a cable of its own', { timeout: MINUTES }, () => {
  let network: Network
  let database: Awaited<ReturnType<typeof startMariadb>>
  let servers: Servers

  beforeAll(async () => {
    network = makeNetwork(2)
    database = await startMariadb({ runBy: network.runBy, host: network.hosts[0] })
    const { url } = await freshDatabase(database.url)
    const urls = network.hosts.map((host) => url.replace(network.hosts[0], host))
    servers = await startServers(
      'MariaDB',
      urls.map((databaseUrl) => ({ databaseUrl })),
    )
  }, MINUTES)
  afterAll(async () => {
    await servers?.stop()
    await database?.stop()
    network?.remove()
  }, MINUTES)

  /** Cuts some cables for a while and checks the readiness of the servers meanwhile. */
  async function cutFor(ms: number, cables: readonly number[]): Promise<void> {
    const until = performance.now() + ms
    const before = servers.all.map(({ pid }) => memoryOf(pid))
    for (const cable of cables) network.cut(cable)
    try {
      await sleep(1_500)
      while (performance.now() < until) {
        const seen = performance.now() - (until - ms)
        for (const cable of cables) {
          const { ready, database: state } = await readinessOf(servers.all[cable])
          if (performance.now() < until) expect(state).toBe('unreachable')
          // A server stays ready while its data is at most a minute old.
          if (seen < 50_000) expect(ready).toBe(true)
          if (seen > 80_000) expect(ready).toBe(false)
        }
        await sleep(500)
      }
      for (const [i, { pid }] of servers.all.entries()) {
        expect(memoryOf(pid) - before[i]).toBeLessThan(MAX_GROWTH_MIB)
      }
    } finally {
      for (const cable of cables) network.restore(cable)
    }
  }

  it('one server cut off from the database without a word', async (test) => {
    const scene = await openScene(servers.place)
    const { reads, serversAgreeMs } = await expectToSurvive(test, scene, () => cutFor(lasting(90, 16), [1]))
    expect(reads.bad).toEqual({})
    expect(serversAgreeMs).toBeLessThan(CAUGHT_UP_WITHIN_MS)
  })

  it('all servers cut off from the database without a word', async (test) => {
    const scene = await openScene(servers.place)
    const { reads, serversAgreeMs } = await expectToSurvive(test, scene, () => cutFor(lasting(90, 14), [0, 1]))
    expect(reads.bad).toEqual({})
    expect(serversAgreeMs).toBeLessThan(CAUGHT_UP_WITHIN_MS)
  })
})
