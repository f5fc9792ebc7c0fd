import { createEventLog, newId, openDatabase, sleep, type Database, type EventLog } from '@kickstand/backend'
import { fakeClock, type FakeClock } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pruneKeys } from '#http/idempotency/prune-keys.ts'
import { scopeKey, type Namespace } from '#http/idempotency/scoped-key.ts'
import { writeIdempotently, type Written } from '#http/idempotency/write-idempotently.ts'

const HOUR = 60 * 60_000

forEachEngine((engine) => {
  describe('a write with an idempotency key', () => {
    let place: TestDatabase
    let clock: FakeClock
    let servers: { database: Database; eventLog: EventLog }[]
    let effects: string[]

    beforeEach(async () => {
      place = await engine.open()
      clock = fakeClock()
      effects = []
      servers = []
      for (let i = 0; i < 2; i += 1) {
        const database = await openDatabase(place.url, clock.now)
        servers.push({ database, eventLog: createEventLog(database, clock.now, newId(), sleep) })
      }
    })
    afterEach(async () => {
      for (const { database } of servers) await database.close()
      await place.dispose()
    })

    /** Writes an event and answers with the number of effects so far. */
    function write(
      name: string,
      {
        by = 'rider1',
        key = 'k' as string | null,
        namespace = 'contributions' as Namespace,
        payload = 'p',
        server = 0,
      },
    ): Promise<Written<{ name: string }>> {
      const { database, eventLog } = servers[server]
      return writeIdempotently(
        { eventLog, engine: database.engine, clock: clock.now },
        {
          key: scopeKey(namespace, by, key),
          payload,
          async work(_tx, append) {
            append({ type: 'sources' })
            effects.push(name)
            return { name }
          },
        },
      )
    }
    const events = async (): Promise<number> =>
      (await servers[0].database.db.selectFrom('events').select('seq').execute()).length

    it('has its effect once, and its answer is sent again, from every server', async () => {
      expect(await write('a', {})).toEqual({ body: { name: 'a' }, replayed: false })
      for (const server of [0, 1, 1]) {
        expect(await write('b', { server })).toEqual({ body: { name: 'a' }, replayed: true })
      }
      expect([effects, await events()]).toEqual([['a'], 1])
    })

    it('of concurrent requests to two servers has its effect once', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => write(String(i), { server: i % 2 })))
      expect(new Set(answers.map(({ body }) => body.name)).size).toBe(1)
      expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
      expect(await events()).toBe(1)
    })

    it('is independent of other principals, namespaces and writes without a key', async () => {
      const all = [
        {},
        { by: 'rider2' },
        { namespace: 'readings' as const },
        { key: 'other' },
        { key: null },
        { key: null },
      ]
      for (const [i, one] of all.entries()) {
        expect(await write(String(i), one)).toEqual({ body: { name: String(i) }, replayed: false })
      }
      expect(await events()).toBe(all.length)
    })

    it('is rejected with another payload, and for another principal even if the keys collide', async () => {
      await write('a', {})
      await expect(write('b', { payload: 'q' })).rejects.toMatchObject({ code: 'idempotency-mismatch' })
      const { db } = servers[0].database
      await db.updateTable('idempotency_keys').set({ principal: 'rider2' }).execute()
      await expect(write('c', {})).rejects.toMatchObject({ code: 'idempotency-mismatch' })
      expect(effects).toEqual(['a'])
    })

    it('that fails stores nothing and can be repeated', async () => {
      const { database, eventLog } = servers[0]
      const failing = writeIdempotently(
        { eventLog, engine: database.engine, clock: clock.now },
        {
          key: scopeKey('contributions', 'rider1', 'k'),
          payload: 'p',
          async work(_tx, append) {
            append({ type: 'sources' })
            throw new Error('no luck')
          },
        },
      )
      await expect(failing).rejects.toThrow('no luck')
      expect(await events()).toBe(0)
      expect(await write('a', {})).toEqual({ body: { name: 'a' }, replayed: false })
    })

    it.each(['k', null])('runs again after another server stored the same row first, with the key %s', async (key) => {
      const { database, eventLog } = servers[0]
      const { db } = servers[1].database
      const row = { name: 'shared', value: 'v' }
      let attempts = 0
      const { body } = await writeIdempotently(
        { eventLog, engine: database.engine, clock: clock.now },
        {
          key: scopeKey('contributions', 'rider1', key),
          payload: 'p',
          async work(tx, append) {
            attempts += 1
            // As if the other server had stored the row between a read and an insert.
            if (attempts === 1) for (let i = 0; i < 2; i += 1) await tx.insertInto('secrets').values(row).execute()
            append({ type: 'sources' })
            return { attempts }
          },
        },
      )
      expect(body).toEqual({ attempts: 2 })
      expect(await events()).toBe(1)
      expect(await db.selectFrom('secrets').selectAll().where('name', '=', row.name).execute()).toEqual([])
    })

    it('is known for two days', async () => {
      await write('a', {})
      const { db } = servers[0].database
      clock.advance(48 * HOUR)
      await pruneKeys(db, clock.now())
      expect((await write('b', {})).replayed).toBe(true)
      clock.advance(1)
      await pruneKeys(db, clock.now())
      expect((await write('c', {})).replayed).toBe(false)
    })
  })
})
