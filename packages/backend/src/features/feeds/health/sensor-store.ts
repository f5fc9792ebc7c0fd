import { sql } from 'kysely'
import type { Level } from '@kickstand/domain'
import { chunks } from '#db/chunks.ts'
import type { DbReader, SensorsTable } from '#db/schema.ts'

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

/** A rider's count or level at a zone with sensors, in order of time. */
export type SensorReport = {
  readonly zone_id: string
  readonly rider_id: string
  readonly count: number | null
  readonly level: Level | null
  readonly observed_at: number
  readonly outlier_probability: number | null
}

/** Rider reports between two times at zones with sensors. */
export async function reportsAtSensors(db: DbReader, from: number, to: number): Promise<SensorReport[]> {
  return db
    .selectFrom('reports')
    .select(['zone_id', 'rider_id', 'count', 'level', 'observed_at', 'outlier_probability'])
    .where('observed_at', '>=', from)
    .where('observed_at', '<=', to)
    .where('effect', '=', 'estimate')
    .where('kind', 'in', ['count', 'level'])
    .where('retracted_at', 'is', null)
    .where('zone_id', 'in', (query) => query.selectFrom('sensors').select('zone_id'))
    .orderBy('observed_at')
    .orderBy('id')
    .execute()
}

/** A reading of one sensor, in order of time. */
export type SensorReading = {
  readonly feed_id: string
  readonly ref: string
  readonly zone_id: string
  readonly count: number | null
  readonly level: Level | null
  readonly observed_at: number
  readonly capacity: number | null
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
      .innerJoin('zones', 'zones.id', 'readings.zone_id')
      .select(['feed_id', 'ref', 'zone_id', 'count', 'level', 'observed_at', 'zones.capacity'])
      .where('readings.zone_id', 'in', run)
      .where('readings.observed_at', '>=', from)
      .where('readings.kind', '=', 'reading')
      .orderBy('readings.zone_id')
      .orderBy('readings.observed_at')
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
