import { createEventLog, newId, openDatabase, sleep, systemClock } from '@kickstand/backend'
import { paths } from '@kickstand/contract'
import { findGalera, runStatement, startGalera, type Galera } from '@kickstand/testkit'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readEventsAfter } from '#db/event-reader.ts'
import { startCuttingProxy } from './support/cutting-proxy.ts'
import { inTime } from './support/in-time.ts'

const DATABASE = 'kickstand'
/** Short timeouts, so that tests do not wait long for a dead node. */
const SHORT = '?connect-seconds=2&statement-seconds=4'
const ZONES = Array.from({ length: 6 }, (_, i) => ({ id: `zone00000${i}`, capacity: 50 }))
const A_SECOND = 1_000
const SOON = { timeout: 20_000, interval: 50 }
const LATER = { timeout: 90_000, interval: 500 }

describe.skipIf(findGalera() === null)('on a Galera cluster with a server on each of its nodes', () => {
  let galera: Galera
  let servers: TestService[]
  let sent = 0

  beforeAll(async () => {
    galera = await startGalera()
    await runStatement(galera.nodes[0].url, `CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb4`)
    for (const { url } of galera.nodes) {
      await vi.waitFor(
        async () => expect(await runStatement(url, `SHOW DATABASES LIKE '${DATABASE}'`)).toHaveLength(1),
        SOON,
      )
    }
    // All at once: one of them creates the schema.
    servers = await Promise.all([0, 1, 2].map((i) => startTestService({ url: galera.urlOf(DATABASE, i) + SHORT })))
    await seedZones(servers[0].service.context.eventLog, ZONES)
    for (const { service } of servers) {
      await vi.waitFor(() => expect(service.context.board.zones()).toBe(ZONES.length), SOON)
    }
  }, 240_000)
  afterAll(async () => {
    for (const server of servers ?? []) await server.stop()
    await galera?.stop()
  }, 60_000)

  function report(server: TestService, i: number, key = `key-${i}`): Promise<Response> {
    return server.post(
      paths.reports(),
      { zoneId: ZONES[i % ZONES.length]?.id, kind: 'count', count: i % 40 },
      { 'idempotency-key': key, authorization: `Bearer device-secret-of-rider-number-${i}` },
    )
  }

  /** Retries with the same key until there is a response, as a phone does. */
  async function reportUntilTaken(server: TestService, i: number): Promise<string> {
    for (;;) {
      const answer = await report(server, i)
      const body = (await answer.json()) as { report?: { id: string } }
      if (answer.status === 201 && body.report !== undefined) return body.report.id
      expect([503, 409]).toContain(answer.status)
      await sleep(200)
    }
  }

  /** Sends reports from eight clients per server, `each` per client. Returns the ids of the acknowledged ones. */
  async function load(to: readonly TestService[], each: number, onAnswer: (count: number) => void): Promise<string[]> {
    const ids: string[] = []
    const clients = to.flatMap((server) => Array.from({ length: 8 }, () => server))
    await Promise.all(
      clients.map(async (server) => {
        for (let n = 0; n < each; n += 1) {
          sent += 1
          ids.push(await reportUntilTaken(server, sent))
          onAnswer(ids.length)
        }
      }),
    )
    return ids
  }

  async function storedAt(node: number): Promise<string[]> {
    const rows = await runStatement(
      galera.nodes[node].url,
      `SET STATEMENT wsrep_sync_wait = 1 FOR SELECT id FROM ${DATABASE}.reports ORDER BY id`,
    )
    return rows.map(({ id }) => String(id))
  }

  async function nodeOf({ service }: TestService): Promise<string> {
    const { rows } = await sql<{ port: number }>`select @@port as port`.execute(service.context.database.db)
    return `127.0.0.1:${rows[0]?.port}`
  }

  /** The estimate of each zone on each board, as bytes. */
  function boards(of: readonly TestService[]): string[] {
    return of.map(({ service: { context } }) =>
      ZONES.map(({ id }) => {
        const row = context.board.row(id)
        return row === undefined ? '' : Buffer.from(context.board.estimateBytes(row)).toString('base64')
      }).join(),
    )
  }

  async function expectBoardsToAgree(of: readonly TestService[]): Promise<void> {
    await expect.poll(() => new Set(boards(of)).size, SOON).toBe(1)
  }

  it('each server uses the node that it names first', async () => {
    expect(await Promise.all(servers.map(nodeOf))).toEqual(galera.nodes.map(({ host }) => host))
  })

  it('the same key sent to two nodes at once creates one report', { timeout: 120_000 }, async () => {
    for (let round = 0; round < 10; round += 1) {
      sent += 1
      const both = await Promise.all(servers.slice(0, 2).map((server) => reportUntilTaken(server, sent)))
      expect(new Set(both).size).toBe(1)
    }
    expect(await storedAt(2)).toHaveLength(10)
    await expectBoardsToAgree(servers)
  })

  it('writers of one zone on all nodes lose nothing, and all boards agree', { timeout: 120_000 }, async () => {
    const before = await storedAt(0)
    const ids = await load(servers, 12, () => undefined)
    expect((await storedAt(1)).toSorted()).toEqual([...before, ...ids].toSorted())
    await expectBoardsToAgree(servers)
  })

  it('a write through one node is visible at once through another', { timeout: 120_000 }, async () => {
    const taken: string[] = []
    for (let round = 0; round < 30; round += 1) {
      sent += 1
      const [from, to] = round % 2 === 0 ? servers : servers.toReversed()
      const id = await reportUntilTaken(from, sent)
      const undone = await to.delete(paths.report(id), {
        authorization: `Bearer device-secret-of-rider-number-${sent}`,
      })
      expect(undone.status).toBe(204)
      taken.push(id)
    }
    for (let round = 0; round < 10; round += 1) {
      const id = `newzone${round}00`
      await seedZones(servers[0].service.context.eventLog, [{ id, capacity: 12 }])
      const answer = await servers[1].post(paths.reports(), { zoneId: id, kind: 'count', count: 3 })
      expect(answer.status).toBe(201)
      expect((await servers[2].get(paths.zone(id))).status).toBe(200)
    }
    expect(await storedAt(2)).toEqual(expect.arrayContaining(taken))
    await expectBoardsToAgree(servers)
  })

  it('boards of all nodes agree within a second of the last report', { timeout: 240_000 }, async () => {
    await inTime(
      A_SECOND,
      () => expectBoardsToAgree(servers),
      async () => void (await load(servers, 2, () => undefined)),
    )
  })

  it(
    'kill -9 of a node under load: acknowledged reports are on the others once, and it catches up',
    { timeout: 240_000 },
    async () => {
      const before = await storedAt(0)
      const ids = await load(servers, 25, (count) => {
        if (count === 100) galera.nodes[0].kill()
      })
      const expected = [...before, ...ids].toSorted()
      expect(new Set(ids).size).toBe(ids.length)
      expect((await storedAt(1)).toSorted()).toEqual(expected)
      expect((await storedAt(2)).toSorted()).toEqual(expected)
      await expectBoardsToAgree(servers)
      // Servers move to the next node that accepts statements; a node that sends its data to another is skipped.
      expect(galera.nodes.slice(1).map(({ host }) => host)).toContain(await nodeOf(servers[0]))

      await galera.nodes[0].restart()
      expect((await storedAt(0)).toSorted()).toEqual(expected)
      // It rejoins by itself, without interrupting clients.
      await expect.poll(() => nodeOf(servers[0]), LATER).toBe(galera.nodes[0].host)
      const more = await load(servers, 2, () => undefined)
      expect((await storedAt(2)).toSorted()).toEqual([...expected, ...more].toSorted())
      await expectBoardsToAgree(servers)
    },
  )

  it('a server leaves a node that is out of the primary component', { timeout: 240_000 }, async () => {
    const [, node] = galera.nodes
    await runStatement(node.url, `SET GLOBAL wsrep_provider_options = 'gmcast.isolate=1'`)
    try {
      const before = await storedAt(0)
      const ids = await load(servers, 4, () => undefined)
      expect((await storedAt(0)).toSorted()).toEqual([...before, ...ids].toSorted())
      expect([0, 2].map((i) => galera.nodes[i]?.host)).toContain(await nodeOf(servers[1]))
      await expectBoardsToAgree(servers)
    } finally {
      await runStatement(node.url, `SET GLOBAL wsrep_provider_options = 'gmcast.isolate=0'`)
    }
    await expect.poll(() => nodeOf(servers[1]), LATER).toBe(node.host)
    await expectBoardsToAgree(servers)
  })

  it(
    'a commit whose response was lost with its node is found on the next node and happens once',
    { timeout: 120_000 },
    async () => {
      const [first, second, third] = galera.nodes
      for (const when of ['after', 'before'] as const) {
        const proxy = await startCuttingProxy(`${first.url}/${DATABASE}`)
        const hosts = [new URL(proxy.url).host, second.host, third.host].join(',')
        const database = await openDatabase(`mariadb://kickstand@${hosts}/${DATABASE}${SHORT}`, systemClock)
        try {
          const log = createEventLog(database, systemClock, newId(), sleep)
          const commit = (name: string): Promise<void> =>
            log.commit(async (tx, append) => {
              await tx
                .insertInto('riders')
                .values({ id: `${name}-${when}`, created_at: 0 })
                .execute()
              append({ type: 'sources' })
            })
          await commit('one')
          void proxy.cutNextCommit(when).then(() => proxy.refuse())
          await commit('two')
          await commit('three')
          const events = await readEventsAfter(database.db, new Map(), 10_000)
          expect(events.filter(({ producer }) => producer === log.producer).map(({ seq }) => seq)).toEqual([1, 2, 3])
          const riders = await database.db.selectFrom('riders').select('id').where('id', 'like', `%-${when}`).execute()
          expect(riders.map(({ id }) => id).toSorted()).toEqual(
            ['one', 'three', 'two'].map((name) => `${name}-${when}`),
          )
        } finally {
          await database.close()
          await proxy.close()
        }
      }
    },
  )
})
