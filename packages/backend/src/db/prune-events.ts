import { sql } from 'kysely'
import type { Database } from './open-database.ts'
import type { Db } from './schema.ts'

/** A reader that has not told anything between two looks so far apart is dead. */
const SILENT_MS = 5 * 60_000
/** A writer that follows nothing, such as an import, and has written nothing for so long is gone. */
const GONE_MS = 24 * 60 * 60_000
/** Events of one statement: short enough that nobody waits for it. */
const EVENTS_AT_ONCE = 1_000

type Floors = ReadonlyMap<string, number>

/**
 * Deletes the events that every living reader has read, but the last of each writer, which says how far he is; and forgets
 * writers that are gone. `now` is epoch milliseconds: a wrong clock makes a reader load its board again and loses nothing.
 */
export async function pruneEvents({ db }: Pick<Database, 'db'>, now: number): Promise<void> {
  const readers = await judgeReaders(db, now)
  // Nobody to ask: whoever comes registers before it reads.
  if (readers.length === 0) return
  // Of a writer who was taken for gone and wrote once more at that very moment on another node of a cluster.
  await sql`insert into writers (id, started_at)
    select distinct writer, 0 from events where writer not in (select id from event_producers)`.execute(db)
  for (const { id } of await db.selectFrom('event_producers').select('id').execute()) {
    const last = await lastEvent(db, id)
    const floor = Math.min(...readers.map((read) => read.floors.get(id) ?? 0))
    const isGone = !readers.some((reader) => reader.id === id) && (last === null || last.at < now - GONE_MS)
    if (last !== null) await deleteUpTo(db, id, Math.min(floor, isGone ? last.seq : last.seq - 1))
    if (isGone && (last === null || floor >= last.seq)) await forgetWriter(db, id)
  }
}

/** Takes out those that are dead and returns the others with how far they have read. */
async function judgeReaders(db: Db, now: number): Promise<{ id: string; floors: Floors }[]> {
  const living: { id: string; floors: Floors }[] = []
  for (const { id, heartbeat, cursors, judged_heartbeat, judged_at } of await db
    .selectFrom('event_consumers')
    .selectAll()
    .execute()) {
    const mayJudge = Math.abs(now - judged_at) >= SILENT_MS
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
    // Written by `createReader`.
    living.push({ id, floors: new Map(Object.entries(JSON.parse(cursors) as Record<string, number>)) })
  }
  return living
}

async function lastEvent(db: Db, writer: string): Promise<{ seq: number; at: number } | null> {
  const row = await db
    .selectFrom('events')
    .select(['seq', 'at'])
    .where('writer', '=', writer)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

async function deleteUpTo(db: Db, writer: string, seq: number): Promise<void> {
  for (;;) {
    const first = await db
      .selectFrom('events')
      .select('seq')
      .where('writer', '=', writer)
      .where('seq', '<=', seq)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst()
    if (first === undefined) return
    await db
      .deleteFrom('events')
      .where('writer', '=', writer)
      .where('seq', '<=', Math.min(seq, first.seq + EVENTS_AT_ONCE - 1))
      .execute()
  }
}

async function forgetWriter(db: Db, writer: string): Promise<void> {
  await db
    .deleteFrom('event_producers')
    .where('id', '=', writer)
    .where(({ exists, not, selectFrom }) =>
      not(exists(selectFrom('events').select('seq').where('writer', '=', writer))),
    )
    .execute()
}
