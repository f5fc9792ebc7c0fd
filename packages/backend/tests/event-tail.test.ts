import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createEventLog, newId, openDatabase, sleep, systemClock } from '@kickstand/backend'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService } from '@kickstand/testkit/start-service'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KyselyPlugin } from 'kysely'
import { createTail } from '#read-model/tail.ts'
import { readCursors, readEventsAfter, type Cursors } from '#db/event-reader.ts'
import type { Database } from '#db/open-database.ts'

const WRITERS = 4
const COMMITS = 40
const WRITER = path.join(import.meta.dirname, 'processes/event-writer.ts')

forEachEngine((engine) => {
  let place: TestDatabase
  let database: Database

  beforeEach(async () => {
    place = await engine.open()
    database = await openDatabase(place.url, systemClock)
  })
  afterEach(async () => {
    await database.close()
    await place.dispose()
  })

  /** Reads all events after the cursors, in pages of `limit`, and advances the cursors. */
  async function readAll(cursors: Cursors, limit: number): Promise<string[]> {
    const read: string[] = []
    for (;;) {
      const events = await readEventsAfter(database.db, cursors, limit)
      if (events.length === 0) return read
      for (const { producer, seq, event } of events) {
        expect(seq, 'no number is skipped or repeated').toBe((cursors.get(producer) ?? 0) + 1)
        cursors.set(producer, seq)
        if (event.type === 'zones') read.push(...event.zoneIds)
      }
    }
  }

  it('a reader that tails during concurrent commits misses nothing and sees the order of each writer', async () => {
    const writers = Array.from({ length: WRITERS }, (_, i) =>
      fork(WRITER, [place.url, String(i), String(COMMITS)], { execPath: process.execPath, stdio: 'inherit' }),
    )
    const ended = Promise.all(writers.map((writer) => once(writer, 'exit')))
    const state = { running: true }
    void ended.finally(() => {
      state.running = false
    })
    const cursors: Cursors = new Map()
    const seen: string[] = []
    let reads = 0
    while (state.running) {
      seen.push(...(await readAll(cursors, 7)))
      reads += 1
      await sleep(3)
    }
    expect((await ended).map(([code]) => Number(code))).toEqual(writers.map(() => 0))
    seen.push(...(await readAll(cursors, 7)))
    // The writers print which commits succeeded: each must have been read once, in order.
    for (let i = 0; i < WRITERS; i += 1) {
      const own = seen.filter((id) => id.startsWith(`w${i}-`))
      const expected = Array.from({ length: COMMITS }, (_, n) => `w${i}-${n}`).filter((_, n) => n % 10 !== 9)
      expect([...new Set(own.map((id) => id.slice(0, -2)))]).toEqual(expected)
      expect(own).toHaveLength(expected.length * 2)
    }
    expect(reads, 'it did read while they wrote').toBeGreaterThan(3)
  })

  it('a process that starts later is read from its first event', async () => {
    const cursors: Cursors = new Map()
    const expected: string[] = []
    const rows = Array.from({ length: 1_500 }, (_, i) => ({ producer: `old${String(i).padStart(6, '0')}`, i }))
    for (let from = 0; from < rows.length; from += 250) {
      const some = rows.slice(from, from + 250)
      await database.db
        .insertInto('event_producers')
        .values(some.map(({ producer }) => ({ id: producer, started_at: 0 })))
        .execute()
      await database.db
        .insertInto('events')
        .values(
          some.map(({ producer, i }) => ({
            producer,
            seq: 1,
            at: 0,
            type: 'zones',
            payload: JSON.stringify({ zoneIds: [`z${i}`] }),
          })),
        )
        .execute()
    }
    expected.push(...rows.map(({ i }) => `z${i}`))
    expect((await readAll(cursors, 2_000)).toSorted()).toEqual(expected.toSorted())
    const log = createEventLog(database, systemClock, newId(), sleep)
    await log.commit(async (_tx, append) => append({ type: 'zones', zoneIds: ['new'] }))
    expect(await readAll(cursors, 2_000)).toEqual(['new'])
    expect(await readAll(cursors, 2_000)).toEqual([])
  })

  it('after catching up, the board has everything that was committed before, also during a read', async () => {
    const server = await startTestService({ url: place.url, tailEveryMs: 3_600_000 })
    const { board } = server.service.context
    const [asked, observed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const transformResult: KyselyPlugin['transformResult'] = async ({ result }) => {
      asked.resolve()
      await observed.promise
      return result
    }
    const db = database.db.withPlugin({ transformQuery: ({ node }) => node, transformResult })
    const reader = { join: async () => undefined, keepUp: async () => true, leave: async () => undefined }
    const failures: unknown[] = []
    const tail = createTail({ ...database, db }, board, await readCursors(database.db), reader, systemClock, (error) =>
      failures.push(error),
    )
    try {
      const before = tail.catchUp()
      await asked.promise
      await seedZones(createEventLog(database, systemClock, newId(), sleep), [{ id: 'zone000001' }])
      const after = tail.catchUp()
      observed.resolve()
      await before
      await after
      expect(board.row('zone000001')).toBeDefined()
      expect(failures).toEqual([])
    } finally {
      await tail.stop()
      await server.stop()
    }
  })

  describe('the event log', () => {
    it('writes nothing of a failed transaction, and reuses its sequence number', async () => {
      const log = createEventLog(database, systemClock, newId(), sleep)
      const observed: number[] = []
      log.onCommitted((events) => observed.push(...events.map(({ seq }) => seq)))
      const outcomes = await Promise.allSettled(
        [1, 2, 3, 4].map((n) =>
          log.commit(async (tx, append) => {
            await tx
              .insertInto('riders')
              .values({ id: `rider${n}`, created_at: n })
              .execute()
            append({ type: 'zones', zoneIds: [`z${n}`] })
            if (n === 2) throw new Error('no')
            return n
          }),
        ),
      )
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
      expect(observed).toEqual([1, 2, 3])
      expect(await readAll(new Map(), 10)).toEqual(['z1', 'z3', 'z4'])
      const riders = await database.db.selectFrom('riders').select('id').orderBy('id').execute()
      expect(riders.map(({ id }) => id)).toEqual(['rider1', 'rider3', 'rider4'])
    })

    it('writes several events in one commit', async () => {
      const log = createEventLog(database, systemClock, newId(), sleep)
      const ids = Array.from({ length: 1_001 }, (_, i) => `z${i}`)
      await log.commit(async (_tx, append) => {
        for (const id of ids) append({ type: 'zones', zoneIds: [id] })
      })
      expect(await readAll(new Map(), 300)).toEqual(ids)
    })
  })
})
