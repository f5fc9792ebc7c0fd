import type { KickstandEvent, LoggedEvent } from './events.ts'
import type { DbReader } from './schema.ts'

/**
 * Producers per read; the rest follow in the next. Every start of a process is a producer, so there are many over the
 * years.
 */
const MAX_PRODUCERS_PER_READ = 100

/** For each producer, the number of the last event that was read. */
export type Cursors = Map<string, number>

/** The cursors after all stored events. Read them in the same snapshot as the tables they belong to. */
export async function readCursors(db: DbReader): Promise<Cursors> {
  const rows = await db
    .selectFrom('events')
    .select(['producer', ({ fn }) => fn.max('seq').as('seq')])
    .groupBy('producer')
    .execute()
  return new Map(rows.map((row) => [row.producer, Number(row.seq)]))
}

/**
 * Reads events after `cursors`, at most `limit`, in order per producer; an empty result means that there are none.
 * Producers that are not in `cursors` are read from their first event. The cursors are not changed.
 */
export async function readEventsAfter(db: DbReader, cursors: Cursors, limit: number): Promise<LoggedEvent[]> {
  const ahead = await producersAhead(db, cursors)
  if (ahead.length === 0) return []
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where(({ and, eb, or }) =>
      or(ahead.map((id) => and([eb('producer', '=', id), eb('seq', '>', cursors.get(id) ?? 0)]))),
    )
    .orderBy('producer')
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    producer: row.producer,
    seq: Number(row.seq),
    at: Number(row.at),
    event: parseEvent(row.type, row.payload),
  }))
}

/** Producers with events after `cursors`: one index lookup each, however many events there are. */
async function producersAhead(db: DbReader, cursors: Cursors): Promise<string[]> {
  const heads = await db
    .selectFrom('event_producers')
    .select(({ selectFrom }) => [
      'event_producers.id',
      selectFrom('events')
        .select('events.seq')
        .whereRef('events.producer', '=', 'event_producers.id')
        .orderBy('events.seq', 'desc')
        .limit(1)
        .as('last'),
    ])
    .execute()
  return heads
    .filter(({ id, last }) => Number(last ?? 0) > (cursors.get(id) ?? 0))
    .slice(0, MAX_PRODUCERS_PER_READ)
    .map(({ id }) => id)
}

function parseEvent(type: string, payload: string): KickstandEvent {
  // Written by `event-log.ts` from the same type; consumers ignore types that only a newer version knows.
  return { ...(JSON.parse(payload) as object), type } as KickstandEvent
}
