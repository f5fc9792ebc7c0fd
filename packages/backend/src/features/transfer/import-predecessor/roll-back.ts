import { DomainError } from '@kickstand/domain'
import { sql } from 'kysely'
import type { Tx } from '#db/schema.ts'
import { forgetChanges } from '#features/zones/forget-changes.ts'
import { reconcileZones } from '#features/zones/reconcile-zones.ts'
import { checkImportId } from './import-predecessor.ts'
import type { PredecessorDeps } from './predecessor-run.ts'
import { importMark } from './predecessor-store.ts'

/** The result of a rollback. `kept`: zones with later reports, contributions or readings, which stay. */
export type RolledBack = {
  readonly id: string
  readonly zones: number
  readonly reports: number
  readonly riders: number
  readonly kept: number
}

const BATCH = 500
/** Tables with reports, contributions and readings of a zone. */
const RIDER_TABLES = ['reports', 'contributions', 'photos', 'readings', 'sensors'] as const
/** Tables derived from them, which are deleted with the zone. */
const DERIVED_TABLES = ['estimates', 'scores', 'contribution_votes'] as const

/**
 * Undoes one import: deletes its reports, its riders, and its zones unless another source lists them or they have later
 * reports, contributions or readings. After an interruption, call it again to continue. Throws `not-found` where there
 * is no such import.
 */
export async function rollBackImport(deps: PredecessorDeps, id: string): Promise<RolledBack> {
  checkImportId(id)
  const { db } = deps.database
  const source = await db.selectFrom('sources').select('id').where('id', '=', id).executeTakeFirst()
  if (source === undefined) throw new DomainError('not-found', `There is no import with the id ${id} in this database.`)
  const { reports, riders } = await deleteReports(deps, id)
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
    const removed = await deps.eventLog.commit(async (tx, append) => {
      const gone = await removeEntries(tx, id, entries, deps.clock())
      if (gone.changedIds.length > 0) append({ type: 'zones', zoneIds: gone.changedIds })
      return gone.entries
    })
    zones += removed
    kept += entries.length - removed
  }
  await forgetChanges(deps.eventLog, id)
  await deps.eventLog.commit(async (tx, append) => {
    if (kept === 0) await tx.deleteFrom('sources').where('id', '=', id).execute()
    else await tx.updateTable('sources').set({ zones: kept }).where('id', '=', id).execute()
    append({ type: 'sources' })
  })
  return { id, zones, reports, riders, kept }
}

/** Reports are found by their mark; their riders have no other reports, since they have no device. */
async function deleteReports(
  { database, eventLog }: PredecessorDeps,
  id: string,
): Promise<{ reports: number; riders: number }> {
  let reports = 0
  let riders = 0
  for (let after = ''; ;) {
    const rows = await database.db
      .selectFrom('reports')
      .select(['id', 'rider_id'])
      .where('id', '>', after)
      .where('payload_hash', '=', importMark(id))
      .orderBy('id')
      .limit(BATCH)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return { reports, riders }
    after = last.id
    riders += await eventLog.commit(async (tx) => {
      const ids = rows.map((row) => row.id)
      await tx.deleteFrom('reports').where('id', 'in', ids).execute()
      const riderIds = [...new Set(rows.map((row) => row.rider_id))]
      const deleted = await tx.deleteFrom('riders').where('id', 'in', riderIds).executeTakeFirst()
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

/** @returns the number of removed entries, and the ids of changed or deleted zones */
async function removeEntries(
  tx: Tx,
  source: string,
  entries: readonly Entry[],
  now: number,
): Promise<{ entries: number; changedIds: string[] }> {
  const zoneIds = [...new Set(entries.map((entry) => entry.zone_id))]
  const listed = await idsIn(tx, 'zone_sources', zoneIds, source)
  const used = new Set<string>()
  for (const table of RIDER_TABLES) for (const one of await idsIn(tx, table, zoneIds, null)) used.add(one)
  const removable = entries.filter(({ zone_id }) => listed.has(zone_id) || !used.has(zone_id))
  if (removable.length === 0) return { entries: 0, changedIds: [] }
  const refs = removable.map(({ ref }) => ref)
  const ofSource = tx.updateTable('zone_sources').where('source_id', '=', source).where('ref', 'in', refs)
  await ofSource.set({ status: 'retired' }).execute()
  const touched = removable.map(({ ref, lat, lng }) => {
    return { source, ref, before: lat === null || lng === null ? null : { lat, lng } }
  })
  const reconciled = await reconcileZones(tx, touched, source, now)
  await tx.deleteFrom('zone_sources').where('source_id', '=', source).where('ref', 'in', refs).execute()
  const orphaned = removable.map(({ zone_id }) => zone_id).filter((id) => !listed.has(id))
  if (orphaned.length > 0) {
    for (const table of DERIVED_TABLES) await tx.deleteFrom(table).where('zone_id', 'in', orphaned).execute()
    await tx.deleteFrom('zones').where('id', 'in', orphaned).execute()
  }
  return { entries: removable.length, changedIds: [...new Set([...reconciled, ...orphaned])] }
}

/** Those of these zones that a table has rows of; `but`: ignores the rows of this source. */
async function idsIn(
  tx: Tx,
  table: (typeof RIDER_TABLES)[number] | 'zone_sources',
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
