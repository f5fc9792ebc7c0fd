import type { SnapshotEnd, SourceInfo } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { guardSnapshot, type Overrides, type SnapshotGuard } from './guard-snapshot.ts'
import { settleAbsent } from './import-absent.ts'
import { changesOf, neighbourChanges } from './import-changes.ts'
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
  zoneIdsOf,
} from './import-store.ts'
import { createSeenRefs, type SeenRefs } from './seen-refs.ts'
import { settleZones } from './settle-zones.ts'
import { putDate } from './snapshot-date-store.ts'
import type { SnapshotRows } from './snapshot-passes.ts'
import { tallyChange, type ZoneChange } from './zone-change.ts'

export type ImportDeps = { readonly db: Db; readonly eventLog: EventLog; readonly clock: Clock }

export type SnapshotInput = Overrides & {
  readonly source: SourceInfo
  readonly rows: SnapshotRows
  /** The date that the file names of itself, in epoch milliseconds; null or absent where it names none. */
  readonly documentDate?: number | null
  /** Compares and counts, and writes nothing. */
  readonly dryRun?: boolean
  readonly onProgress?: (report: ImportReport) => void
}

/** An import under way: `again` where also rows that say nothing new are to be settled. */
type Run = SnapshotInput & { readonly again: boolean; readonly guard: SnapshotGuard }

/** Short enough that reports are not kept waiting for the database, long enough to be worth a commit. */
const BATCH = 200
const DAY_MS = 86_400_000

/**
 * Brings a source's zones in line with a snapshot of it, batch by batch, each in one transaction with its event. Rows that
 * say what is known already are not written; zones keep their ids; what is no longer there is judged at the end
 * (`judgeAbsence`). A reference that comes twice counts once: the first.
 *
 * The references seen are all that is held of a file. Rows end with `{ end }` where the file's reader knows how it ended;
 * without it the snapshot counts as complete.
 *
 * Throws `snapshot-rejected` where the file as a whole cannot be right (`guardSnapshot`).
 */
export async function importSnapshot(deps: ImportDeps, input: SnapshotInput): Promise<ImportReport> {
  const { source, dryRun = false } = input
  const tally = newTally(source.id, dryRun)
  const seen = createSeenRefs()
  const batch: ImportRow[] = []
  const documentDate = dateBelieved(input.documentDate ?? null, deps.clock(), tally)
  const guard = await guardSnapshot(deps.db, { ...input, documentDate })
  const again = !dryRun && (await isBelievedOtherwise(deps.db, source))
  const run = { ...input, documentDate, guard, again }
  tally.notes.push(...guard.notes)
  for (const change of guard.held) tallyChange(tally, change)
  let unread = 0
  let end: SnapshotEnd = { complete: true, note: null, coverage: null }

  for await (const row of guard.rows) {
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
      const { complete, coverage: area } = end
      await putDate(tx, source.id, { documentDate, importedAt: deps.clock(), complete, area })
      append({ type: 'sources' })
    })
  }
  input.onProgress?.(tally)
  return tally
}

/** A file cannot be of a later day than today: such a date would keep every later file out. */
function dateBelieved(documentDate: number | null, now: number, tally: Tally): number | null {
  if (documentDate === null || documentDate <= now + DAY_MS) return documentDate
  const day = new Date(documentDate).toISOString().slice(0, 10)
  tally.notes.push(`The file says that it is of ${day}, which is in the future: its date is ignored.`)
  return null
}

type Sorted = {
  readonly added: ImportRow[]
  readonly updated: ImportRow[]
  readonly back: ImportRow[]
}

function sortRows(rows: readonly ImportRow[], known: ReadonlyMap<string, KnownRow>): Sorted {
  const sorted: Sorted = { added: [], updated: [], back: [] }
  for (const row of rows) {
    const was = known.get(row.ref)
    if (was === undefined) sorted.added.push(row)
    else if (was.missing) sorted.back.push(row)
    else if (was.fingerprint !== row.fingerprint) sorted.updated.push(row)
  }
  return sorted
}

/** What was, or in a dry run would be, written of a batch. */
type Written = {
  readonly sorted: Sorted
  readonly changes: readonly ZoneChange[]
  /** Zones that are others now although no row of the batch is in them. */
  readonly others: readonly ZoneChange[]
}

async function writeBatch(
  { db, eventLog, clock }: ImportDeps,
  { source, dryRun = false, again, guard, documentDate = null }: Run,
  given: readonly ImportRow[],
  seen: SeenRefs,
  tally: Tally,
): Promise<void> {
  const rows = await guard.amend(given)
  const refs = rows.map((row) => row.ref)
  const known = await findKnown(db, source.id, refs)
  const first = sortRows(rows, known)
  let written: Written = { sorted: first, changes: changesOf(first, known, new Map(), null), others: [] }
  if (!dryRun && (again || written.changes.length > 0)) {
    // Looked at once more inside the transaction: another import may have been at work in between.
    written = await eventLog.commit(async (tx, append) => {
      const now = clock()
      const before = await findKnown(tx, source.id, refs)
      const sorted = sortRows(rows, before)
      const { added, updated, back } = sorted
      await ensureSource(tx, source)
      await insertEntries(tx, source.id, added, { now, documentDate })
      for (const row of [...updated, ...back]) await updateEntry(tx, source.id, row, { now, documentDate })
      const touched = (again ? rows : [...added, ...updated, ...back]).map(({ ref }) => {
        const { lat = null, lng = null } = before.get(ref) ?? {}
        return { source: source.id, ref, before: lat === null || lng === null ? null : { lat, lng } }
      })
      const zoneIds = await settleZones(tx, touched, source.id, now)
      if (zoneIds.length > 0) append({ type: 'zones', zoneIds })
      const changed = [...added, ...updated, ...back].map(({ ref }) => ref)
      const changes = changesOf(sorted, before, await zoneIdsOf(tx, source.id, changed), new Set(zoneIds))
      return { sorted, changes, others: await neighbourChanges(tx, zoneIds, changes) }
    })
  }
  const { sorted, changes, others } = written
  for (const row of [...sorted.added, ...sorted.back]) seen.set(row.ref, 'fresh')
  for (const change of [...changes, ...others]) tallyChange(tally, change)
  const joined = changes.filter(({ kind }) => kind === 'joined').length
  tally.added += sorted.added.length - joined
  tally.joined += joined
  tally.updated += sorted.updated.length + sorted.back.length
  tally.unchanged += rows.length - sorted.added.length - sorted.updated.length - sorted.back.length
}
