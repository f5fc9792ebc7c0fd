import { chunks } from '#db/chunks.ts'
import type { DbReader, ReadingsTable, SensorsTable, Tx } from '#db/schema.ts'

/** Readings are deleted in windows of this length, so that no transaction is large. */
const DELETE_WINDOW_MS = 10 * 60_000

/** The zone of a reading. `ref` is the feed's reference. */
export type FeedZone = { readonly ref: string; readonly zoneId: string; readonly capacity: number | null }

/** Zones by the references that a feed uses now: some entries had another reference at first (`entry_names`). */
export async function zonesByRef(db: DbReader, feedId: string, refs: readonly string[]): Promise<FeedZone[]> {
  const found: FeedZone[] = []
  const renamed: { name: string; ref: string }[] = []
  for (const run of chunks(refs)) {
    const rows = await db
      .selectFrom('entry_names')
      .select(['name', 'ref'])
      .where('source_id', '=', feedId)
      .where(({ eb, or }) => or([eb('name', 'in', run), eb('ref', 'in', run)]))
      .execute()
    renamed.push(...rows)
  }
  const nameOf = new Map(refs.map((ref) => [ref, ref]))
  for (const { name, ref } of renamed) for (const one of [name, ref]) nameOf.delete(one)
  const asked = new Set(refs)
  for (const { name, ref } of renamed) if (asked.has(name)) nameOf.set(ref, name)
  for (const run of chunks([...nameOf.keys()])) {
    const rows = await db
      .selectFrom('zone_sources')
      .innerJoin('zones', 'zones.id', 'zone_sources.zone_id')
      .select(['zone_sources.ref', 'zones.id as zoneId', 'zones.capacity'])
      .where('zone_sources.source_id', '=', feedId)
      .where('zone_sources.ref', 'in', run)
      .where('zones.status', '!=', 'retired')
      .execute()
    found.push(...rows.map((row) => ({ ...row, ref: nameOf.get(row.ref) ?? row.ref })))
  }
  return found
}

/** Zones by their ids; `ref` is the id. */
export async function zonesById(db: DbReader, ids: readonly string[]): Promise<FeedZone[]> {
  const found: FeedZone[] = []
  for (const run of chunks(ids)) {
    const rows = await db
      .selectFrom('zones')
      .select(['id', 'capacity'])
      .where('id', 'in', run)
      .where('status', '!=', 'retired')
      .execute()
    found.push(...rows.map(({ id, capacity }) => ({ ref: id, zoneId: id, capacity })))
  }
  return found
}

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

export async function findBatch(
  db: DbReader,
  id: string,
): Promise<{ payload_hash: string; answer: string } | undefined> {
  return db.selectFrom('reading_batches').select(['payload_hash', 'answer']).where('id', '=', id).executeTakeFirst()
}

export async function insertBatch(
  tx: Tx,
  batch: { id: string; payload_hash: string; answer: string; received_at: number },
): Promise<void> {
  await tx.insertInto('reading_batches').values(batch).execute()
}

/** The time up to which all observations are in checkpoints; 0 where there are none. */
export async function checkpointedUpTo(db: DbReader): Promise<number> {
  const row = await db.selectFrom('estimate_cuts').select('cut_at').orderBy('cut_at').limit(1).executeTakeFirst()
  return row?.cut_at ?? 0
}

/** Deletes readings with an event order before a time, and batch results from before another. */
export async function deleteReadings(db: DbReader, before: number, batchesBefore: number): Promise<number> {
  await db.deleteFrom('reading_batches').where('received_at', '<', batchesBefore).execute()
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
