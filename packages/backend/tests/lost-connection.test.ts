import { createEventLog, newId, openDatabase, sleep, systemClock, type EventLog } from '@kickstand/backend'
import { paths, type ZoneBody } from '@kickstand/contract'
import { onNetworkEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService } from '@kickstand/testkit/start-service'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readEventsAfter } from '#db/event-reader.ts'
import type { Database } from '#db/open-database.ts'
import { startCuttingProxy, type CuttingProxy } from './support/cutting-proxy.ts'

const rider = (n: number): Record<string, string> => ({ authorization: `Bearer device-secret-of-rider-number-${n}` })

onNetworkEngine((engine) => {
  describe('when the connection is lost', () => {
    let place: TestDatabase
    let proxy: CuttingProxy
    let database: Database
    let direct: Database
    let log: EventLog
    let seenEvents: string[]

    beforeEach(async () => {
      place = await engine.open()
      proxy = await startCuttingProxy(place.url)
      direct = await openDatabase(place.url, systemClock)
      database = await openDatabase(proxy.url, systemClock)
      log = createEventLog(database, systemClock, newId(), sleep)
      seenEvents = []
      log.onCommitted((events) => {
        for (const { seq, event } of events)
          if (event.type === 'zones') seenEvents.push(`${seq} ${event.zoneIds.join()}`)
      })
    })
    afterEach(async () => {
      await database.close()
      await direct.close()
      await proxy.close()
      await place.dispose()
    })

    /** Commits one rider and one event of that name. */
    function commit(name: string): Promise<string> {
      return log.commit(async (tx, append) => {
        await tx.insertInto('riders').values({ id: name, created_at: 0 }).execute()
        append({ type: 'zones', zoneIds: [name] })
        return name
      })
    }

    async function stored(): Promise<{ riders: string[]; events: string[] }> {
      const riders = await direct.db.selectFrom('riders').select('id').orderBy('id').execute()
      const events = await readEventsAfter(direct.db, new Map(), 100)
      return {
        riders: riders.map(({ id }) => id),
        events: events.map(({ seq, event }) => `${seq} ${event.type === 'zones' ? event.zoneIds.join() : ''}`),
      }
    }

    it.each(['before', 'after'] as const)('%s the engine executed a commit, it happens exactly once', async (when) => {
      await commit('a')
      const cut = proxy.cutNextCommit(when)
      expect(await commit('b')).toBe('b')
      await cut
      await commit('c')
      expect(await stored()).toEqual({ riders: ['a', 'b', 'c'], events: ['1 a', '2 b', '3 c'] })
      expect(seenEvents).toEqual(['1 a', '2 b', '3 c'])
    })

    it.each(['before', 'after'] as const)(
      'for long, %s a commit was executed, it fails, and the log continues once the engine is back',
      async (when) => {
        await commit('a')
        const cut = proxy.cutNextCommit(when)
        const failing = commit('b')
        await cut
        await sleep(20)
        proxy.refuse()
        await expect(failing).rejects.toThrow(/connect|closed/i)
        proxy.resume()
        expect(await commit('c')).toBe('c')
        const took = when === 'after'
        expect((await stored()).riders).toEqual(took ? ['a', 'b', 'c'] : ['a', 'c'])
        expect(seenEvents).toEqual((await stored()).events)
        expect(seenEvents).toEqual(took ? ['1 a', '2 b', '3 c'] : ['1 a', '2 c'])
      },
    )

    it('rows submitted while the engine is away are not mistaken for those of a commit in doubt', async () => {
      const retracted: string[] = []
      log.onCommitted((events) => {
        for (const { seq, event } of events) if (event.type === 'retraction') retracted.push(`${seq} ${event.reportId}`)
      })
      const store = (name: string): Promise<readonly unknown[]> =>
        log.insertUnless(
          { table: 'riders', column: 'id', keys: [name] },
          [{ table: 'riders', columns: ['id', 'created_at'], rows: [[name, 0]], ignoresDuplicates: false }],
          { type: 'retraction', reportId: name, zoneId: name },
        )
      await store('a')
      const cut = proxy.cutNextCommit('after')
      const inDoubt = store('b')
      await cut
      proxy.refuse()
      await expect(inDoubt).rejects.toThrow(/connect|closed/i)
      // It never reached the engine, which comes back during the retries.
      const late = store('c')
      await sleep(500)
      proxy.resume()
      expect(await late).toEqual([])
      const riders = await direct.db.selectFrom('riders').select('id').orderBy('id').execute()
      expect(riders.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
      expect(retracted).toEqual(['1 a', '2 b', '3 c'])
    })

    it('reports are stored exactly once or rejected with 503, and the service recovers', async () => {
      const service = await startTestService({ url: proxy.url })
      try {
        const zones = ['zone000001', 'zone000002']
        await seedZones(
          service.service.context.eventLog,
          zones.map((id) => ({ id })),
        )
        await service.service.context.tail.catchUp()
        const answers: number[] = []
        for (const [i, when] of (['after', 'before', 'after'] as const).entries()) {
          void proxy.cutNextCommit(when)
          const headers = { ...rider(i), 'idempotency-key': `key-${i}` }
          const answer = await service.post('/v1/reports', { zoneId: zones[0], kind: 'count', count: i }, headers)
          answers.push(answer.status)
        }
        expect(answers).toEqual([201, 201, 201])
        proxy.refuse()
        const ready = await service.get('/readyz')
        // Reads work without the database.
        expect([ready.status, await ready.json()]).toMatchObject([200, { checks: { database: 'unreachable' } }])
        const zone = await service.get(paths.zone(zones[0]))
        const shown = (await zone.json()) as ZoneBody
        expect([zone.status, shown.id, shown.availability.reports]).toEqual([200, zones[0], 3])
        expect(shown.provenance, 'who says what is known to the database alone').toBeUndefined()
        const away = await service.post(
          '/v1/reports',
          { zoneId: zones[1], kind: 'arrived' },
          { ...rider(9), 'idempotency-key': 'x' },
        )
        expect([away.status, await away.json()]).toMatchObject([503, { code: 'overloaded' }])
        proxy.resume()
        const again = await service.post(
          '/v1/reports',
          { zoneId: zones[1], kind: 'arrived' },
          { ...rider(9), 'idempotency-key': 'x' },
        )
        expect(again.status).toBe(201)
        expect((await service.get('/readyz')).status).toBe(200)
        const rows = await direct.db.selectFrom('reports').select(['zone_id', 'count']).execute()
        expect(rows.map(({ zone_id, count }) => `${zone_id} ${count}`).toSorted()).toEqual([
          ...[0, 1, 2].map((count) => `zone000001 ${count}`),
          'zone000002 null',
        ])
      } finally {
        proxy.resume()
        await service.stop()
      }
    })
  })
})
