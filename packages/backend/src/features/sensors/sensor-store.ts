import { sql } from 'kysely'
import type { Level } from '@kickstand/domain'
import { chunks } from '#db/chunks.ts'
import type { DbReader } from '#db/schema.ts'
import type { SensorsTable } from './tables.ts'

export type SensorCounts = { readonly all: number; readonly frozen: number; readonly implausible: number }

/** The number of sensors of each feed, and how many are frozen or implausible. */
export async function countSensors(db: DbReader): Promise<Map<string, SensorCounts>> {
  const rows = await db
    .selectFrom('sensors')
    .select(({ fn }) => [
      'feed_id',
      fn.countAll().as('sensors'),
      fn.count('frozen_at').as('frozen'),
      fn.count('implausible_at').as('implausible'),
    ])
    .groupBy('feed_id')
    .execute()
  return new Map(
    rows.map((row) => [
      row.feed_id,
      { all: Number(row.sensors), frozen: Number(row.frozen), implausible: Number(row.implausible) },
    ]),
  )
}

/** The sensors of a feed: frozen and implausible ones first, then the longest silent. */
export async function readSensors(db: DbReader, feedId: string): Promise<SensorsTable[]> {
  return db
    .selectFrom('sensors')
    .selectAll()
    .where('feed_id', '=', feedId)
    .orderBy(sql`case when frozen_at is null and implausible_at is null then 1 else 0 end`)
    .orderBy('last_at')
    .orderBy('ref')
    .execute()
}

/** The zones that have sensors. */
export async function zonesWithSensors(db: DbReader): Promise<string[]> {
  const rows = await db.selectFrom('sensors').select('zone_id').distinct().orderBy('zone_id').execute()
  return rows.map(({ zone_id }) => zone_id)
}

/** A reading of one sensor, in order of time. */
export type SensorReading = {
  readonly feed_id: string
  readonly ref: string
  readonly zone_id: string
  readonly count: number | null
  readonly level: Level | null
  readonly observed_at: number
}

/** Readings of the sensors of these zones since a time, of implausible sensors too. */
export async function readingsOfZones(
  db: DbReader,
  zoneIds: readonly string[],
  from: number,
): Promise<SensorReading[]> {
  const found: SensorReading[] = []
  for (const run of chunks(zoneIds)) {
    const rows = await db
      .selectFrom('readings')
      .select(['feed_id', 'ref', 'zone_id', 'count', 'level', 'observed_at'])
      .where('zone_id', 'in', run)
      .where('observed_at', '>=', from)
      .where('kind', '=', 'reading')
      .orderBy('zone_id')
      .orderBy('observed_at')
      .execute()
    found.push(...rows)
  }
  return found
}

/** The implausible sensors, by key, with the time since when. */
export async function implausibleSensors(db: DbReader): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('sensors')
    .select(['feed_id', 'ref', 'implausible_at'])
    .where('implausible_at', 'is not', null)
    .execute()
  return new Map(rows.map(({ feed_id, ref, implausible_at }) => [sensorKey(feed_id, ref), implausible_at ?? 0]))
}

export function sensorKey(feedId: string, ref: string): string {
  return `${feedId}\n${ref}`
}

export async function markImplausible(db: DbReader, feedId: string, ref: string, since: number | null): Promise<void> {
  await db
    .updateTable('sensors')
    .set({ implausible_at: since })
    .where('feed_id', '=', feedId)
    .where('ref', '=', ref)
    .execute()
}
