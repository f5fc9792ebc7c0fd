import type { KickstandEvent, LoggedEvent } from './events.ts'
import type { DbReader } from './schema.ts'

/** Writers of one read; the rest are read by the next. Every start of a process is one, so over the years there are many. */
const WRITERS_PER_READ = 100

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
 * Some of the events after `cursors`, at most `limit`, each writer's in order; none only where there are none. Writers that
 * are not in `cursors` are read from their first event. The cursors are not moved.
 */
export async function readEventsAfter(db: DbReader, cursors: Cursors, limit: number): Promise<LoggedEvent[]> {
  const ahead = await writersAhead(db, cursors)
  if (ahead.length === 0) return []
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where(({ and, eb, or }) =>
      or(ahead.map((writer) => and([eb('writer', '=', writer), eb('seq', '>', cursors.get(writer) ?? 0)]))),
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

/** Writers with events after `cursors`: one look at the end of the index for each, however many events there are. */
async function writersAhead(db: DbReader, cursors: Cursors): Promise<string[]> {
  const heads = await db
    .selectFrom('event_producers')
    .select(({ selectFrom }) => [
      'event_producers.id',
      selectFrom('events')
        .select('events.seq')
        .whereRef('events.writer', '=', 'event_producers.id')
        .orderBy('events.seq', 'desc')
        .limit(1)
        .as('last'),
    ])
    .execute()
  return heads
    .filter(({ id, last }) => Number(last ?? 0) > (cursors.get(id) ?? 0))
    .slice(0, WRITERS_PER_READ)
    .map(({ id }) => id)
}

function parseEvent(type: string, payload: string): KickstandEvent {
  // Written by `event-log.ts` from the same type; a newer type of event is read as one that nobody listens to.
  return { ...(JSON.parse(payload) as object), type } as KickstandEvent
}
