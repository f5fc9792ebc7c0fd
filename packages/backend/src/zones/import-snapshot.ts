import type { SnapshotEnd, SnapshotRow, SourceInfo } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { settleAbsent } from './import-absent.ts'
import { type ImportReport, newTally, type Tally, tallyRejected, tallyWarning } from './import-report.ts'
import { type ImportRow, importRow } from './import-rows.ts'
import {
  countStanding,
  ensureSource,
  findKnown,
  finishSource,
  insertEntries,
  isBelievedOtherwise,
  type KnownRow,
  updateEntry,
} from './import-store.ts'
import { createSeenRefs, type SeenRefs } from './seen-refs.ts'
import { settleZones } from './settle-zones.ts'

export type ImportDeps = { readonly db: Db; readonly eventLog: EventLog; readonly clock: Clock }

export type SnapshotInput = {
  readonly source: SourceInfo
  readonly rows: AsyncIterable<SnapshotRow> | Iterable<SnapshotRow>
  /** Compares and counts, and writes nothing. */
  readonly dryRun?: boolean
  readonly onProgress?: (report: ImportReport) => void
}

/** An import under way: `again` where also rows that say nothing new are to be settled. */
type Run = SnapshotInput & { readonly again: boolean }

/** Short enough that reports are not kept waiting for the database, long enough to be worth a commit. */
const BATCH = 200

/**
 * Brings a source's zones in line with a snapshot of it, batch by batch, each in one transaction with its event. Rows that
 * say what is known already are not written; zones keep their ids; what is no longer there is judged at the end
 * (`judgeAbsence`). A reference that comes twice counts once: the first.
 *
 * The references seen are all that is held of a file. Rows end with `{ end }` where the file's reader knows how it ended;
 * without it the snapshot counts as complete.
 */
export async function importSnapshot(deps: ImportDeps, input: SnapshotInput): Promise<ImportReport> {
  const { source, dryRun = false } = input
  const tally = newTally(source.id, dryRun)
  const seen = createSeenRefs()
  const batch: ImportRow[] = []
  const run = { ...input, again: !dryRun && (await isBelievedOtherwise(deps.db, source)) }
  let unread = 0
  let end: SnapshotEnd = { complete: true, note: null, coverage: null }

  for await (const row of input.rows) {
    if ('rejected' in row) {
      tallyRejected(tally, row.rejected)
      if (row.ref === undefined) unread += 1
      else if (seen.get(row.ref) === undefined) seen.set(row.ref, 'unreadable')
    } else if ('warning' in row) tallyWarning(tally, row.warning)
    else if ('leftOut' in row) tally.leftOut += 1
    else if ('end' in row) end = row.end
    else if ((seen.get(row.ref) ?? 'unreadable') !== 'unreadable') {
      const reason = 'its reference came before in this file; the first one counts'
      tallyRejected(tally, { where: row.ref, reason })
    } else {
      seen.set(row.ref, 'known')
      tally.zones += 1
      tally.spaces += row.facts.capacity ?? 0
      batch.push(importRow(source.id, row))
      if (batch.length >= BATCH) {
        await writeBatch(deps, run, batch.splice(0), seen, tally)
        input.onProgress?.(tally)
      }
    }
  }
  if (batch.length > 0) await writeBatch(deps, run, batch, seen, tally)

  tally.complete = end.complete
  if (end.note !== null) tally.notes.push(end.note)
  await settleAbsent(deps, source, end, seen, unread, tally)
  if (!dryRun && tally.zones > 0) {
    const importedAt = end.complete ? deps.clock() : null
    const standing = await countStanding(deps.db, source.id)
    await deps.eventLog.commit(async (tx, append) => {
      await finishSource(tx, source, standing, importedAt)
      append({ type: 'sources' })
    })
  }
  input.onProgress?.(tally)
  return tally
}

type Sorted = {
  readonly added: ImportRow[]
  readonly updated: ImportRow[]
  readonly back: ImportRow[]
  /** Of those added, how many are in a zone that was there. */
  readonly joined: number
}

function sortRows(rows: readonly ImportRow[], known: ReadonlyMap<string, KnownRow>): Sorted {
  const sorted: Sorted = { added: [], updated: [], back: [], joined: 0 }
  for (const row of rows) {
    const was = known.get(row.ref)
    if (was === undefined) sorted.added.push(row)
    else if (was.missing) sorted.back.push(row)
    else if (was.fingerprint !== row.fingerprint) sorted.updated.push(row)
  }
  return sorted
}

async function writeBatch(
  { db, eventLog, clock }: ImportDeps,
  { source, dryRun = false, again }: Run,
  rows: readonly ImportRow[],
  seen: SeenRefs,
  tally: Tally,
): Promise<void> {
  const refs = rows.map((row) => row.ref)
  let sorted = sortRows(rows, await findKnown(db, source.id, refs))
  if (!dryRun && (again || sorted.added.length + sorted.updated.length + sorted.back.length > 0)) {
    // Looked at once more inside the transaction: another import may have been at work in between.
    sorted = await eventLog.commit(async (tx, append) => {
      const now = clock()
      const known = await findKnown(tx, source.id, refs)
      const { added, updated, back } = sortRows(rows, known)
      await ensureSource(tx, source)
      await insertEntries(tx, source.id, added, now)
      for (const row of [...updated, ...back]) await updateEntry(tx, source.id, row, now)
      const touched = (again ? rows : [...added, ...updated, ...back]).map(({ ref }) => {
        const { lat = null, lng = null } = known.get(ref) ?? {}
        return { source: source.id, ref, before: lat === null || lng === null ? null : { lat, lng } }
      })
      const zoneIds = await settleZones(tx, touched, source.id, now)
      if (zoneIds.length > 0) append({ type: 'zones', zoneIds })
      // A new zone is told of under the id that its first entry gives it.
      const told = new Set(zoneIds)
      return { added, updated, back, joined: added.filter(({ zoneId }) => !told.has(zoneId)).length }
    })
  }
  for (const row of [...sorted.added, ...sorted.back]) seen.set(row.ref, 'fresh')
  tally.added += sorted.added.length - sorted.joined
  tally.joined += sorted.joined
  tally.updated += sorted.updated.length + sorted.back.length
  tally.unchanged += rows.length - sorted.added.length - sorted.updated.length - sorted.back.length
}
