import { sql } from 'kysely'
import type { Database } from './open-database.ts'
import type { Db } from './schema.ts'

/** A consumer without a heartbeat between two checks this far apart is dead. */
const CONSUMER_TIMEOUT_MS = 5 * 60_000
/** A producer that is not a consumer, such as an import, and has no newer events is gone. */
const PRODUCER_TIMEOUT_MS = 24 * 60 * 60_000
/** Events per statement, so few that others do not wait for it. */
const EVENTS_PER_DELETE = 1_000

type Floors = ReadonlyMap<string, number>

/**
 * Deletes the events that every live consumer has read, except the last of each producer, which holds its number; and
 * deletes producers that are gone. `now` is epoch milliseconds: a wrong clock makes a consumer reload its board, and
 * loses nothing.
 */
export async function pruneEvents({ db }: Pick<Database, 'db'>, now: number): Promise<void> {
  const consumers = await readLiveConsumers(db, now)
  // No consumers: a new one registers before it reads.
  if (consumers.length === 0) return
  // Restores producers that were deleted while they stored an event on another node of a cluster.
  await sql`insert into event_producers (id, started_at)
    select distinct producer, 0 from events where producer not in (select id from event_producers)`.execute(db)
  for (const { id } of await db.selectFrom('event_producers').select('id').execute()) {
    const last = await lastEvent(db, id)
    const floor = Math.min(...consumers.map((read) => read.floors.get(id) ?? 0))
    const isGone =
      !consumers.some((consumer) => consumer.id === id) && (last === null || last.at < now - PRODUCER_TIMEOUT_MS)
    if (last !== null) await deleteUpTo(db, id, Math.min(floor, isGone ? last.seq : last.seq - 1))
    if (isGone && (last === null || floor >= last.seq)) await deleteProducer(db, id)
  }
}

/** Deletes dead consumers. Returns the others with the numbers up to which they have read. */
async function readLiveConsumers(db: Db, now: number): Promise<{ id: string; floors: Floors }[]> {
  const live: { id: string; floors: Floors }[] = []
  for (const { id, heartbeat, cursors, judged_heartbeat, judged_at } of await db
    .selectFrom('event_consumers')
    .selectAll()
    .execute()) {
    const mayJudge = Math.abs(now - judged_at) >= CONSUMER_TIMEOUT_MS
    if (mayJudge && heartbeat === judged_heartbeat) {
      await db.deleteFrom('event_consumers').where('id', '=', id).where('heartbeat', '=', heartbeat).execute()
      continue
    }
    if (mayJudge) {
      await db
        .updateTable('event_consumers')
        .set({ judged_heartbeat: heartbeat, judged_at: now })
        .where('id', '=', id)
        .execute()
    }
    // Written by `createEventConsumer`.
    live.push({ id, floors: new Map(Object.entries(JSON.parse(cursors) as Record<string, number>)) })
  }
  return live
}

async function lastEvent(db: Db, producer: string): Promise<{ seq: number; at: number } | null> {
  const row = await db
    .selectFrom('events')
    .select(['seq', 'at'])
    .where('producer', '=', producer)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

async function deleteUpTo(db: Db, producer: string, seq: number): Promise<void> {
  for (;;) {
    const first = await db
      .selectFrom('events')
      .select('seq')
      .where('producer', '=', producer)
      .where('seq', '<=', seq)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst()
    if (first === undefined) return
    await db
      .deleteFrom('events')
      .where('producer', '=', producer)
      .where('seq', '<=', Math.min(seq, first.seq + EVENTS_PER_DELETE - 1))
      .execute()
  }
}

async function deleteProducer(db: Db, producer: string): Promise<void> {
  await db
    .deleteFrom('event_producers')
    .where('id', '=', producer)
    .where(({ exists, not, selectFrom }) =>
      not(exists(selectFrom('events').select('seq').where('producer', '=', producer))),
    )
    .execute()
}
