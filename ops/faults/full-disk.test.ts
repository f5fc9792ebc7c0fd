import { setTimeout as sleep } from 'node:timers/promises'
import { paths } from '@kickstand/contract'
import { everythingRequired, findMariadb, freshDatabase, startMariadb } from '@kickstand/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectToSurvive } from './expect-to-survive.ts'
import { mountSmallDisk, type SmallDisk } from './full-disk.ts'
import { lasting, MINUTES } from './length.ts'
import { openScene } from './scene.ts'
import { readinessOf, startServers, type Servers } from './servers.ts'
import { mayChangeSystem } from './system.ts'

const mayRun = mayChangeSystem() || everythingRequired()
const SQLITE_MIB = 128
const MARIADB_MIB = 256
/** Every rejection during a long fault is a log line with its cause. */
const LOGS_MIB = 96

/** Keeps a disk full for a while. It fills the disk repeatedly, because programs free some space now and then. */
async function fillFor(ms: number, disk: SmallDisk, servers: Servers): Promise<void> {
  const until = performance.now() + ms
  try {
    while (performance.now() < until) {
      disk.fill()
      for (const server of servers.all) {
        expect((await readinessOf(server)).ready, 'the server stays ready').toBe(true)
        expect((await fetch(server.url + paths.sources())).status, 'stored data can be read').toBe(200)
      }
      await sleep(500)
    }
  } finally {
    disk.free()
  }
}

describe.skipIf(!mayRun)('one server on SQLite, on a disk of its own', { timeout: MINUTES }, () => {
  let disk: SmallDisk
  let servers: Servers

  beforeAll(async () => {
    disk = mountSmallDisk(SQLITE_MIB)
    servers = await startServers('SQLite', [{ databaseUrl: `sqlite:${disk.folder}/kickstand.db` }])
  }, MINUTES)
  afterAll(async () => {
    await servers?.stop()
    disk?.remove()
  }, MINUTES)

  it('the disk of the database full, and free again', async (test) => {
    const scene = await openScene(servers.place)
    const { reads, writes } = await expectToSurvive(test, scene, () => fillFor(lasting(90, 6), disk, servers))
    expect(reads.bad).toEqual({})
    expect(Object.keys(writes.bad)).toEqual(['503'])
    expect(servers.all[0].log()).toMatch(/The disk with .*kickstand\.db is full/)
  })
})

describe.skipIf(!mayRun || findMariadb() === null)(
  'two servers on MariaDB, on disks of their own',
  { timeout: MINUTES },
  () => {
    let disk: SmallDisk
    let logs: SmallDisk
    let database: Awaited<ReturnType<typeof startMariadb>>
    let servers: Servers

    beforeAll(async () => {
      disk = mountSmallDisk(MARIADB_MIB)
      logs = mountSmallDisk(LOGS_MIB)
      database = await startMariadb({ under: disk.folder })
      const { url: databaseUrl } = await freshDatabase(database.url)
      const one = { databaseUrl, under: logs.folder, env: { KICKSTAND_LOG_LEVEL: 'info' } }
      servers = await startServers('MariaDB', [one, one])
    }, MINUTES)
    afterAll(async () => {
      await servers?.stop()
      await database?.stop()
      disk?.remove()
      logs?.remove()
    }, MINUTES)

    it('the disk of the database full, and free again', async (test) => {
      const scene = await openScene(servers.place)
      const { reads, writes } = await expectToSurvive(test, scene, () => fillFor(lasting(90, 8), disk, servers))
      expect(reads.bad).toEqual({})
      expect(Object.keys(writes.bad)).toEqual(['503'])
    })

    it('the disk of the app servers full, and free again', async (test) => {
      const scene = await openScene(servers.place)
      const { reads, writes } = await expectToSurvive(test, scene, () => fillFor(lasting(60, 5), logs, servers))
      expect([reads.bad, writes.bad]).toEqual([{}, {}])
      await expect.poll(() => servers.all[0].log(), { timeout: 10_000 }).toMatch(/\d+ lines are lost/)
    })
  },
)
