import { DomainError } from '@kickstand/domain'
import { sql } from 'kysely'
import type { Tx } from '#db/schema.ts'
import { forgetChanges } from '#zones/forget-changes.ts'
import { reconcileZones } from '#zones/reconcile-zones.ts'
import { checkLegacyId } from './import-legacy.ts'
import type { LegacyDeps } from './legacy-run.ts'
import { legacyMark } from './legacy-store.ts'

/** What a rollback took back. `kept`: zones that riders or machines have spoken of since, which stay. */
export type RolledBack = {
  readonly id: string
  readonly zones: number
  readonly reports: number
  readonly riders: number
  readonly kept: number
}

const BATCH = 500
/** Where riders and machines leave what they say of a zone, with its id. */
const SPOKEN = ['reports', 'contributions', 'photos', 'readings', 'sensors'] as const
/** What is worked out of a zone and goes with it. */
const DERIVED = ['estimates', 'scores', 'contribution_votes'] as const

/**
 * Takes back what one import brought, and nothing else: its reports, its riders, its zones unless another source lists them or somebody
 * has spoken of them since. Stopped half-way, it goes on when called again. Throws `not-found` where there is no such import.
 */
export async function rollBackLegacy(deps: LegacyDeps, id: string): Promise<RolledBack> {
  checkLegacyId(id)
  const { db } = deps.database
  const source = await db.selectFrom('sources').select('id').where('id', '=', id).executeTakeFirst()
  if (source === undefined) throw new DomainError('not-found', `There is no import called ${id} in this database.`)
  const { reports, riders } = await takeReports(deps, id)
  let zones = 0
  let kept = 0
  for (let after = ''; ;) {
    const entries = await db
      .selectFrom('zone_sources')
      .select(['ref', 'zone_id', 'lat', 'lng'])
      .where('source_id', '=', id)
      .where('ref', '>', after)
      .orderBy('ref')
      .limit(BATCH)
      .execute()
    const last = entries.at(-1)
    if (last === undefined) break
    after = last.ref
    const went = await deps.eventLog.commit(async (tx, append) => {
      const gone = await takeEntries(tx, id, entries, deps.clock())
      if (gone.told.length > 0) append({ type: 'zones', zoneIds: gone.told })
      return gone.entries
    })
    zones += went
    kept += entries.length - went
  }
  await forgetChanges(deps.eventLog, id)
  await deps.eventLog.commit(async (tx, append) => {
    if (kept === 0) await tx.deleteFrom('sources').where('id', '=', id).execute()
    else await tx.updateTable('sources').set({ zones: kept }).where('id', '=', id).execute()
    append({ type: 'sources' })
  })
  return { id, zones, reports, riders, kept }
}

/** Reports are known by their mark; their riders can have no others, since no device is theirs. */
async function takeReports(
  { database, eventLog }: LegacyDeps,
  id: string,
): Promise<{ reports: number; riders: number }> {
  let reports = 0
  let riders = 0
  for (let after = ''; ;) {
    const rows = await database.db
      .selectFrom('reports')
      .select(['id', 'rider_id'])
      .where('id', '>', after)
      .where('payload_hash', '=', legacyMark(id))
      .orderBy('id')
      .limit(BATCH)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return { reports, riders }
    after = last.id
    riders += await eventLog.commit(async (tx) => {
      const ids = rows.map((row) => row.id)
      await tx.deleteFrom('reports').where('id', 'in', ids).execute()
      const theirs = [...new Set(rows.map((row) => row.rider_id))]
      const deleted = await tx.deleteFrom('riders').where('id', 'in', theirs).executeTakeFirst()
      return Number(deleted.numDeletedRows)
    })
    reports += rows.length
  }
}

type Entry = {
  readonly ref: string
  readonly zone_id: string
  readonly lat: number | null
  readonly lng: number | null
}

/** @returns how many entries went, and the zones that are others now or gone */
async function takeEntries(
  tx: Tx,
  source: string,
  entries: readonly Entry[],
  now: number,
): Promise<{ entries: number; told: string[] }> {
  const zoneIds = [...new Set(entries.map((entry) => entry.zone_id))]
  const listed = await idsIn(tx, 'zone_sources', zoneIds, source)
  const spoken = new Set<string>()
  for (const table of SPOKEN) for (const one of await idsIn(tx, table, zoneIds, null)) spoken.add(one)
  const going = entries.filter(({ zone_id }) => listed.has(zone_id) || !spoken.has(zone_id))
  if (going.length === 0) return { entries: 0, told: [] }
  const refs = going.map(({ ref }) => ref)
  const ofSource = tx.updateTable('zone_sources').where('source_id', '=', source).where('ref', 'in', refs)
  await ofSource.set({ status: 'retired' }).execute()
  const touched = going.map(({ ref, lat, lng }) => {
    return { source, ref, before: lat === null || lng === null ? null : { lat, lng } }
  })
  const settled = await reconcileZones(tx, touched, source, now)
  await tx.deleteFrom('zone_sources').where('source_id', '=', source).where('ref', 'in', refs).execute()
  const alone = going.map(({ zone_id }) => zone_id).filter((id) => !listed.has(id))
  if (alone.length > 0) {
    for (const table of DERIVED) await tx.deleteFrom(table).where('zone_id', 'in', alone).execute()
    await tx.deleteFrom('zones').where('id', 'in', alone).execute()
  }
  return { entries: going.length, told: [...new Set([...settled, ...alone])] }
}

/** Which of some zones a table speaks of; `but`: not counting the entries of this source. */
async function idsIn(
  tx: Tx,
  table: (typeof SPOKEN)[number] | 'zone_sources',
  zoneIds: readonly string[],
  but: string | null,
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom(table)
    .select('zone_id')
    .distinct()
    .where('zone_id', 'in', zoneIds)
    .$if(but !== null, (query) => query.where(sql.ref('source_id'), '!=', but))
    .execute()
  return new Set(rows.map((row) => row.zone_id))
}
