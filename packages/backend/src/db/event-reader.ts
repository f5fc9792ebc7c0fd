import type { KickstandEvent, LoggedEvent } from './events.ts'
import type { DbReader } from './schema.ts'

/** For each writer, the last number that was read. */
export type Cursors = Map<string, number>

/** The place after everything that is there now. Read inside the same snapshot as the tables it stands for. */
export async function readCursors(db: DbReader): Promise<Cursors> {
  const rows = await db
    .selectFrom('events')
    .select(['writer', ({ fn }) => fn.max('seq').as('seq')])
    .groupBy('writer')
    .execute()
  return new Map(rows.map((row) => [row.writer, Number(row.seq)]))
}

/**
 * The events after `cursors`, at most `limit`, each writer's in order. Writers that are not in `cursors` are read from
 * their first event. The cursors are not moved.
 */
export async function readEventsAfter(db: DbReader, cursors: Cursors, limit: number): Promise<LoggedEvent[]> {
  const writers = await db.selectFrom('writers').select('id').execute()
  if (writers.length === 0) return []
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where(({ and, eb, or }) =>
      or(writers.map(({ id }) => and([eb('writer', '=', id), eb('seq', '>', cursors.get(id) ?? 0)]))),
    )
    .orderBy('writer')
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    writer: row.writer,
    seq: Number(row.seq),
    at: Number(row.at),
    event: parseEvent(row.type, row.payload),
  }))
}

function parseEvent(type: string, payload: string): KickstandEvent {
  // Written by `event-log.ts` from the same type; a newer type of event is read as one that nobody listens to.
  return { ...(JSON.parse(payload) as object), type } as KickstandEvent
}
