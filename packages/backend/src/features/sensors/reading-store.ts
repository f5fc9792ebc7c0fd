import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import type { ReadingsTable, SensorsTable } from './tables.ts'

/** Readings are deleted in windows of this length, so that no transaction is large. */
const DELETE_WINDOW_MS = 10 * 60_000

export async function findSensors(db: DbReader, feedId: string, refs: readonly string[]): Promise<SensorsTable[]> {
  const found: SensorsTable[] = []
  for (const run of chunks(refs)) {
    const rows = await db
      .selectFrom('sensors')
      .selectAll()
      .where('feed_id', '=', feedId)
      .where('ref', 'in', run)
      .execute()
    found.push(...rows)
  }
  return found
}

/** The times of the last changes of two of a feed's sensors, newest first; fewer where it has fewer sensors. */
export async function newestMoves(db: DbReader, feedId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('sensors')
    .select('since_at')
    .where('feed_id', '=', feedId)
    .orderBy('since_at', 'desc')
    .limit(2)
    .execute()
  return rows.map(({ since_at }) => since_at)
}

export async function replaceSensors(tx: Tx, sensors: readonly SensorsTable[]): Promise<void> {
  // Ordered by key, to avoid deadlocks between transactions.
  const sorted = sensors.toSorted((a, b) => (a.ref < b.ref ? -1 : 1))
  for (const run of chunks(sorted)) await tx.replaceInto('sensors').values(run).execute()
}

export async function insertReadings(tx: Tx, readings: readonly ReadingsTable[]): Promise<void> {
  for (const run of chunks(readings)) await tx.insertInto('readings').values(run).execute()
}

/** Deletes readings with an event order before a time. Returns their number. */
export async function deleteReadings(db: DbReader, before: number): Promise<number> {
  let deleted = 0
  for (;;) {
    const oldest = await db
      .selectFrom('readings')
      .select('event_order')
      .where('event_order', '<', before)
      .orderBy('event_order')
      .limit(1)
      .executeTakeFirst()
    if (oldest === undefined) return deleted
    const done = await db
      .deleteFrom('readings')
      .where('event_order', '<', Math.min(before, oldest.event_order + DELETE_WINDOW_MS))
      .executeTakeFirst()
    deleted += Number(done.numDeletedRows)
  }
}
