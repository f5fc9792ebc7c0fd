import { createEventLog, newId, sleep } from '@kickstand/backend'
import { paths } from '@kickstand/contract'
import { fakeClock, type FakeClock } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pruneEvents } from '#db/prune-events.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const ZONES = Array.from({ length: 4 }, (_, i) => ({ id: `zone00000${i}`, capacity: 20 }))

forEachEngine((engine) => {
  let place: TestDatabase
  let clock: FakeClock
  let one: TestService
  let other: TestService

  /** The test advances the tails: a server whose tail does not advance counts as cut off. */
  const start = (): Promise<TestService> =>
    startTestService({ url: place.url, clock: clock.now, tailEveryMs: 3_600_000 })
  const catchUp = ({ service }: TestService): Promise<void> => service.context.tail.catchUp()
  const prune = (): Promise<void> => pruneEvents(one.service.context.database, clock.now())
  const eventsLeft = async (): Promise<number> => {
    const { db } = one.service.context.database
    const { count } = await db
      .selectFrom('events')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count
  }

  beforeEach(async () => {
    place = await engine.open()
    clock = fakeClock()
    one = await start()
    await seedZones(one.service.context.eventLog, ZONES)
    await catchUp(one)
    other = await start()
    await catchUp(other)
  })
  afterEach(async () => {
    await one.stop()
    await other.stop()
    await place.dispose()
  })

  async function report(to: TestService, i: number): Promise<string> {
    const answer = await to.post(
      paths.reports(),
      { zoneId: ZONES[i % ZONES.length]?.id, kind: 'count', count: i % 20 },
      { authorization: `Bearer device-secret-of-rider-number-${i}` },
    )
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { report: { id: string } }).report.id
  }

  function boardOf({ service: { context } }: TestService): string[] {
    return ZONES.map(({ id }) => {
      const row = context.board.row(id)
      if (row === undefined || !context.board.isOnMap(row)) return `${id} is gone`
      return `${id} ${context.board.capacity(row)} ${Buffer.from(context.board.estimateBytes(row)).toString('base64')}`
    })
  }

  it('events are pruned once every live server has read them, and not before', async () => {
    for (let i = 0; i < 8; i += 1) await report(one, i)
    clock.advance(MINUTE)
    await catchUp(one)
    // The other server has not stored its cursor yet.
    await prune()
    expect(await eventsLeft()).toBeGreaterThanOrEqual(8)
    await catchUp(other)
    clock.advance(MINUTE)
    await catchUp(other)
    await prune()
    // The last event of each producer stays: it holds the sequence number.
    expect(await eventsLeft()).toBe(1)
    await report(one, 9)
    await catchUp(other)
    expect(boardOf(other)).toEqual(boardOf(one))
    // A server that starts now still has everything.
    const third = await start()
    expect(boardOf(third)).toEqual(boardOf(one))
    await third.stop()
  })

  it('a server that was cut off for long reloads its board and then agrees', async () => {
    const undone = await report(one, 0)
    await catchUp(other)
    const { eventLog, database } = one.service.context
    for (let i = 1; i < 12; i += 1) await report(one, i)
    await one.delete(paths.report(undone), { authorization: 'Bearer device-secret-of-rider-number-0' })
    await eventLog.commit(async (tx, append) => {
      await tx.updateTable('zones').set({ status: 'retired' }).where('id', '=', ZONES[3].id).execute()
      await tx.updateTable('zones').set({ capacity: 7 }).where('id', '=', ZONES[2].id).execute()
      append({ type: 'zones', zoneIds: [ZONES[2].id, ZONES[3].id] })
    })
    // The other server counts as dead at the second check without progress.
    for (let minutes = 0; minutes < 30; minutes += 6) {
      clock.advance(6 * MINUTE)
      await catchUp(one)
      await prune()
    }
    expect(await database.db.selectFrom('event_consumers').select('id').execute()).toEqual([{ id: eventLog.producer }])
    expect(await eventsLeft()).toBeLessThanOrEqual(2)
    expect(boardOf(other)).not.toEqual(boardOf(one))
    await catchUp(other)
    expect(boardOf(other)).toEqual(boardOf(one))
    // Both continue as before.
    await report(one, 20)
    await report(other, 21)
    await catchUp(one)
    await catchUp(other)
    expect(boardOf(other)).toEqual(boardOf(one))
  })

  it('a server that finds a gap in the sequence reloads its board', async () => {
    for (let i = 0; i < 5; i += 1) await report(one, i)
    const { db } = one.service.context.database
    await db
      .deleteFrom('events')
      .where('producer', '=', one.service.context.eventLog.producer)
      .where('seq', '<', 4)
      .execute()
    await catchUp(other)
    expect(boardOf(other)).toEqual(boardOf(one))
  })

  it('dead producers are removed, and read again when they write again', async () => {
    const { database } = one.service.context
    const log = createEventLog(database, clock.now, newId(), sleep)
    const write = (): Promise<void> => log.commit(async (_tx, append) => append({ type: 'sources' }))
    await write()
    const known = async (): Promise<boolean> => {
      const rows = await database.db.selectFrom('event_producers').select('id').where('id', '=', log.producer).execute()
      return rows.length > 0
    }
    for (const days of [0, 2]) {
      clock.advance(days * DAY + 6 * MINUTE)
      await catchUp(one)
      await catchUp(other)
      clock.advance(MINUTE)
      await catchUp(one)
      await catchUp(other)
      expect(await known()).toBe(true)
      await prune()
    }
    expect(await known()).toBe(false)
    await write()
    expect(await known()).toBe(true)
    await catchUp(other)
  })
})
