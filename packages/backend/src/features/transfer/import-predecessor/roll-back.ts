import { DomainError } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import type { Tx } from '#db/schema.ts'
import { deleteRiders } from '#features/accounts/rider-records.ts'
import { deletePhotosOfRiders } from '#features/contributions/remove-contributions.ts'
import { deleteZones } from '#features/erasure/delete-zones.ts'
import { findUsedZones } from '#features/erasure/find-used-zones.ts'
import { deleteReports, markedReportsAfter } from '#features/reports/imported-reports.ts'
import { forgetChanges } from '#features/zones/forget-changes.ts'
import {
  countTotals,
  deleteSource,
  entriesAfter,
  putTotals,
  readSourceRow,
  zonesOfOthers,
  type ListedEntry,
} from '#features/zones/stored-sources.ts'
import { withdrawEntries } from '#features/zones/withdraw-entries.ts'
import { rollBackPeople, type RolledBackPeople } from '../people/roll-back-people.ts'
import { checkImportId } from './import-predecessor.ts'
import { importMark } from './import-reports.ts'
import type { PredecessorDeps } from './predecessor-run.ts'

/**
 * The result of a rollback. `kept`: zones with later reports, contributions or readings, which stay. `people`, `stay`: see
 * `RolledBackPeople`.
 */
export type RolledBack = RolledBackPeople & {
  readonly id: string
  readonly zones: number
  readonly reports: number
  readonly riders: number
  readonly kept: number
}

const BATCH = 500

/**
 * Undoes one import: deletes its reports with their images, its riders, its people who have not joined, and its zones
 * unless another source lists them or they have later reports, contributions or readings. After an interruption, call it again to continue. Throws `not-found` where there
 * is no such import.
 */
export async function rollBackImport(deps: PredecessorDeps, id: string): Promise<RolledBack> {
  checkImportId(id)
  const { db } = deps.database
  if ((await readSourceRow(db, id)) === undefined) {
    throw new DomainError('not-found', `There is no import with the id ${id} in this database.`)
  }
  const { people, stay } = await rollBackPeople(deps, id)
  const { reports, riders } = await removeReports(deps, id)
  let zones = 0
  let kept = 0
  for (let after = ''; ;) {
    const entries = await entriesAfter(db, id, after, BATCH)
    const last = entries.at(-1)
    if (last === undefined) break
    after = last.ref
    const removed = await deps.eventLog.commit(async (tx, append) => {
      const done = await removeEntries(tx, id, entries, deps.clock())
      if (done.changedIds.length > 0) append({ type: 'zones', zoneIds: done.changedIds })
      return done.entries
    })
    zones += removed
    kept += entries.length - removed
  }
  await forgetChanges(deps.eventLog, id)
  const totals = await countTotals(db, id)
  await deps.eventLog.commit(async (tx, append) => {
    if (kept === 0) await deleteSource(tx, id)
    else await putTotals(tx, id, totals)
    append({ type: 'sources' })
    await writeEntry(tx, deps, {
      action: 'legacy-imports:undo',
      object: { kind: 'source', id },
      before: { zones: zones + kept, reports, riders, people },
      after: { zones: kept, reports: 0, riders: 0, people: 0 },
    })
  })
  return { id, zones, reports, riders, kept, people, stay }
}

/** Reports are found by their mark; their riders have no other reports, since they have no device. */
async function removeReports(
  { database, eventLog }: PredecessorDeps,
  id: string,
): Promise<{ reports: number; riders: number }> {
  let reports = 0
  let riders = 0
  for (let after = ''; ;) {
    const rows = await markedReportsAfter(database.db, importMark(id), after, BATCH)
    const last = rows.at(-1)
    if (last === undefined) return { reports, riders }
    after = last.id
    riders += await eventLog.commit(async (tx) => {
      await deleteReports(
        tx,
        rows.map((row) => row.id),
      )
      const riderIds = [...new Set(rows.map((row) => row.rider_id))]
      await deletePhotosOfRiders(tx, riderIds)
      return deleteRiders(tx, riderIds)
    })
    reports += rows.length
  }
}

/** @returns the number of removed entries, and the ids of changed or deleted zones */
async function removeEntries(
  tx: Tx,
  source: string,
  entries: readonly ListedEntry[],
  now: number,
): Promise<{ entries: number; changedIds: string[] }> {
  const zoneIds = [...new Set(entries.map(({ zoneId }) => zoneId))]
  const listed = await zonesOfOthers(tx, zoneIds, source)
  const used = await findUsedZones(tx, zoneIds)
  const removable = entries.filter(({ zoneId }) => listed.has(zoneId) || !used.has(zoneId))
  if (removable.length === 0) return { entries: 0, changedIds: [] }
  const changedIds = await withdrawEntries(tx, source, removable, now)
  const orphaned = removable.map(({ zoneId }) => zoneId).filter((zoneId) => !listed.has(zoneId))
  await deleteZones(tx, orphaned)
  return { entries: removable.length, changedIds: [...new Set([...changedIds, ...orphaned])] }
}
