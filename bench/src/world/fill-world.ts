import {
  newId,
  openDatabase,
  systemClock,
  WORLD_SOURCE,
  worldZones,
  zoneColumns,
  zoneIdFor,
  type Database,
} from '@kickstand/backend'
import type { SourceZone } from '@kickstand/domain'
import { seededRandom } from '@kickstand/testkit'
import { insertRows } from './insert-rows.ts'

const SEED = 1
const HOUR_MS = 3_600_000

export type World = {
  readonly databaseUrl: string
  readonly ids: readonly string[]
  readonly lats: Float64Array
  readonly lngs: Float64Array
}

/** The world of `count` zones without storing it; the same on every machine. */
export function describeWorld(count: number, databaseUrl: string): World {
  const lats = new Float64Array(count)
  const lngs = new Float64Array(count)
  const ids: string[] = []
  for (const { ref, facts } of worldZones(count, seededRandom(SEED))) {
    lats[ids.length] = facts.lat
    lngs[ids.length] = facts.lng
    ids.push(zoneIdFor(WORLD_SOURCE.id, ref))
  }
  return { databaseUrl, ids, lats, lngs }
}

/**
 * Fills an empty database with a world of `count` zones. A share `reported` of them has one to three reports of the last hour. Rows are
 * inserted directly in one transaction, which is much faster than an import with the same result. A database that already has that
 * world only gets new reports.
 */
export async function fillWorld(count: number, databaseUrl: string, reported: number): Promise<World> {
  const database = await openDatabase(databaseUrl, systemClock)
  try {
    if (!(await isFilled(database, count))) await fillZones(database, count)
    const world = describeWorld(count, databaseUrl)
    await fillReports(database, world, reported)
    return world
  } finally {
    await database.close()
  }
}

async function isFilled({ db }: Database, count: number): Promise<boolean> {
  const source = await db.selectFrom('sources').select('zones').where('id', '=', WORLD_SOURCE.id).executeTakeFirst()
  if (source !== undefined && source.zones !== count)
    throw new Error(`the database has another world with ${source.zones} zones; use an empty one`)
  return source !== undefined
}

async function fillZones({ db }: Database, count: number): Promise<void> {
  const now = systemClock()
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('sources')
      .values({
        id: WORLD_SOURCE.id,
        name: WORLD_SOURCE.name,
        licence: WORLD_SOURCE.licence,
        licence_url: WORLD_SOURCE.licenceUrl,
        attribution: WORLD_SOURCE.attribution,
        url: WORLD_SOURCE.url,
        simulated: 1,
        zones: count,
        spaces: 0,
        imported_at: now,
      })
      .execute()
    const [sample] = worldZones(1, seededRandom(SEED))
    const columns = sample === undefined ? [] : Object.keys(zoneRow(sample, '', now))
    const zones = insertRows(tx, 'zones', columns)
    const origins = insertRows(tx, 'zone_sources', ORIGIN_COLUMNS)
    for (const zone of worldZones(count, seededRandom(SEED))) {
      const id = zoneIdFor(WORLD_SOURCE.id, zone.ref)
      await zones.add(Object.values(zoneRow(zone, id, now)))
      await origins.add([WORLD_SOURCE.id, zone.ref, id, 'world', now, null])
    }
    await zones.end()
    await origins.end()
  })
}

const ORIGIN_COLUMNS = ['source_id', 'ref', 'zone_id', 'fingerprint', 'seen_at', 'missing_since'] as const

function zoneRow({ facts }: SourceZone, id: string, now: number) {
  return { id, ...zoneColumns(facts, 'active', now), created_at: now }
}

const REPORT_COLUMNS = [
  'id',
  'zone_id',
  'rider_id',
  'kind',
  'count',
  'level',
  'observed_at',
  'received_at',
  'over_capacity',
  'effect',
  'event_order',
  'outlier_probability',
  'payload_hash',
] as const
const RIDERS = 50_000
const LEVELS = ['plenty', 'some', 'few', 'full'] as const

async function fillReports({ db }: Database, { ids }: World, share: number): Promise<void> {
  const random = seededRandom(SEED + 1)
  const now = systemClock()
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('reports').execute()
    const reports = insertRows(tx, 'reports', REPORT_COLUMNS)
    for (const id of ids) {
      if (random() >= share) continue
      for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1) {
        const at = now - Math.floor(random() * HOUR_MS)
        const count = random() < 0.5 ? Math.floor(random() * 12) : null
        const level = count === null ? LEVELS[Math.floor(random() * LEVELS.length)] : null
        const kind = count === null ? 'level' : 'count'
        const rider = `bench-rider-${Math.floor(random() * RIDERS)}`
        await reports.add([newId(), id, rider, kind, count, level, at, at, 0, 'estimate', at, 0.15, 'world'])
      }
    }
    await reports.end()
  })
}
