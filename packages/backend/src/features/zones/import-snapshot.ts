import { judgeAbsence, matchCell, matchCellsAround, type AbsenceVerdict, type SourceInfo } from '@kickstand/domain'
import type { AuditDeps } from '#audit/write-entry.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import { guardSnapshot, type Overrides } from './guard-snapshot.ts'
import { type Absence, findAbsent, markGone, fingerprintOfLost, listHeld } from './import-absent.ts'
import { isChange, readBeforeImport, writeImportEntry } from './import-entry.ts'
import { lazyJournal } from './import-journal.ts'
import { type ImportReport, newTally, type Tally } from './import-report.ts'
import { type ImportRow, importRow } from './import-rows.ts'
import { countTotals, hasEntries } from './entry-store.ts'
import { finishSource, hasTrustChanged, readDoubt } from './source-store.ts'
import { BATCH, type PendingRow, type Survey, compareSnapshot } from './compare-snapshot.ts'
import { writeNames, writeRows, type WriteDeps } from './import-write.ts'
import { NOTHING_RECOGNISED, recogniseRows } from './recognise-rows.ts'
import { putDate } from './snapshot-date-store.ts'
import type { SnapshotRows } from './snapshot-passes.ts'
import { tallyChange } from './zone-change.ts'

export type ImportDeps = AuditDeps & { readonly db: Db; readonly eventLog: EventLog }

export type SnapshotInput = Overrides & {
  readonly source: SourceInfo
  readonly rows: SnapshotRows
  /** The date stated in the file, in epoch milliseconds; null or absent for none. */
  readonly documentDate?: number | null
  /** Compares and counts without writing. */
  readonly dryRun?: boolean
  /** Accepts every removal, regardless of the share. */
  readonly acceptRemovals?: boolean
  /** Of the audit entry, `sources:import` if not given; null for a part of a change that has an entry as a whole. */
  readonly action?: 'sources:import' | 'demos:create' | null
  readonly onProgress?: (report: ImportReport) => void
}

/**
 * Updates a source's zones from a snapshot. The snapshot is first read to its end and compared, then judged as a whole:
 * which rows are places with a new reference (`recogniseRows`), which places are absent (`judgeAbsence`). Then it is
 * written in batches, each in one transaction with its event. Unchanged rows are not written; zones keep their ids. Of
 * a repeated reference the first row counts.
 * In memory are only the references of the file; new rows are in a temporary file. Rows end with `{ end }` where the
 * reader knows how the file ended; otherwise the snapshot counts as complete. For a source without entries, rows are
 * written as they are read. An import that changed something has one audit entry, in its last transaction.
 * Throws `snapshot-rejected` where the file as a whole is implausible (`guardSnapshot`).
 */
export async function importSnapshot(deps: ImportDeps, input: SnapshotInput): Promise<ImportReport> {
  const { source, dryRun = false, action = 'sources:import' } = input
  const { db } = deps
  const before = await readBeforeImport(db, source)
  const tally = newTally(source.id, dryRun)
  const documentDate = plausibleDate(input.documentDate ?? null, deps.clock(), tally)
  const guard = await guardSnapshot(db, { ...input, documentDate })
  tally.notes.push(...guard.notes)
  tally.held += guard.held.length
  for (const change of guard.held) tallyChange(tally, change)
  const isFirst = !(await hasEntries(db, source.id))
  const reconcileAll = !dryRun && (await hasTrustChanged(db, source))
  const journal = lazyJournal(deps, source, 'import')
  const write: WriteDeps = {
    ...deps,
    source,
    reconcileAll,
    documentDate,
    recognised: NOTHING_RECOGNISED,
    journal: dryRun ? null : journal.open,
  }
  const writeAtOnce = async (rows: readonly ImportRow[]): Promise<void> => writeRows(write, rows, tally)
  const survey = await compareSnapshot(db, { ...input, guard }, tally, {
    writeAtOnce: isFirst ? writeAtOnce : null,
    keepAll: reconcileAll,
  })
  let doubt = await readDoubt(db, source.id)
  try {
    tally.complete = survey.end.complete
    if (survey.end.note !== null) tally.notes.push(survey.end.note)
    if (!isFirst) {
      const recognised = await recogniseRows(db, source.id, survey)
      const absence = await findAbsent(db, source.id, survey, recognised)
      const print = fingerprintOfLost(absence)
      const verdict = judge(absence, survey, tally, input, doubt.print === print ? doubt.count : 0)
      doubt = survey.end.complete ? { print: verdict.doubtful ? print : null, count: verdict.doubted } : doubt
      const known = { ...write, recognised }
      await writeNames(known)
      await writePending(known, survey, verdict.doubtful ? absence : null, tally)
      await removeAbsent(known, absence, verdict, tally)
    }
  } finally {
    await survey.pending.close()
  }
  if (!dryRun && tally.zones > 0) {
    const importedAt = survey.end.complete ? deps.clock() : null
    const totals = await countTotals(db, source.id)
    // An interrupted import ends here even if it had written everything.
    if (before.resumes) await journal.open()
    await deps.eventLog.commit(async (tx, append) => {
      await finishSource(tx, source, totals, importedAt, doubt)
      const { complete, coverage: area } = survey.end
      await putDate(tx, source.id, { documentDate, importedAt: deps.clock(), complete, area })
      await journal.close(tx)
      append({ type: 'sources' })
      if (action !== null && isChange(before, tally)) await writeImportEntry(tx, deps, action, before, tally, totals)
    })
  }
  input.onProgress?.(tally)
  return tally
}

const DAY_MS = 86_400_000

/** A future date of a file is ignored, since it would reject every later file. */
function plausibleDate(documentDate: number | null, now: number, tally: Tally): number | null {
  if (documentDate === null || documentDate <= now + DAY_MS) return documentDate
  const day = new Date(documentDate).toISOString().slice(0, 10)
  tally.notes.push(`The date of the file, ${day}, is in the future and was ignored.`)
  return null
}

function judge(
  absence: Absence,
  { end, changed, unread }: Survey,
  tally: Tally,
  { acceptRemovals = false }: SnapshotInput,
  doubted: number,
): AbsenceVerdict {
  const [lost, stillMissing] = [absence.lost.length, absence.stillMissing.length]
  const verdict = judgeAbsence({
    complete: end.complete,
    zones: tally.zones,
    activeBefore: absence.activeBefore,
    lost,
    stillMissing,
    unreadable: absence.unreadable.length,
    changed,
    unread: unread.left(),
    doubted,
    acceptRemovals,
  })
  if (verdict.note !== null && lost + stillMissing > 0) tally.notes.push(verdict.note)
  return verdict
}

/**
 * Writes the new rows. In a doubtful snapshot (too much lost), a new place next to a lost one is most likely the same
 * place with a new reference. It is held back, so that no place is on the map twice.
 */
async function writePending(deps: WriteDeps, survey: Survey, doubted: Absence | null, tally: Tally): Promise<void> {
  const cellsNearLost = new Set(doubted?.lost.flatMap(({ lat, lng }) => matchCellsAround(lat ?? 0, lng ?? 0, 100)))
  const isHeld = ({ ref, entry, facts }: PendingRow): boolean =>
    entry === null && !deps.recognised.formerNames.has(ref) && cellsNearLost.has(matchCell(facts.lat, facts.lng))
  const batch: ImportRow[] = []
  for await (const row of survey.pending.rows()) {
    const { ref, facts } = row
    const made = importRow(deps.source.id, { ref, facts })
    if (isHeld(row)) {
      const reason = 'it is next to zones that the snapshot lacks, and may be one of them'
      tally.held += 1
      tallyChange(tally, { kind: 'held', zoneId: made.zoneId, ref, name: facts.name, reason })
    } else batch.push(made)
    if (batch.length >= BATCH) await writeRows(deps, batch.splice(0), tally)
  }
  if (batch.length > 0) await writeRows(deps, batch, tally)
}

async function removeAbsent(deps: WriteDeps, absence: Absence, verdict: AbsenceVerdict, tally: Tally): Promise<void> {
  const { db, source } = deps
  await listHeld(db, absence.unreadable, 'its row in the file cannot be read', tally)
  const reason = verdict.note ?? ''
  if (verdict.lost === 'held') await listHeld(db, absence.lost, `it is not in the file. ${reason}`, tally)
  else await markGone(deps, source.id, absence.lost, verdict.lost, tally)
  if (verdict.stillMissing === 'held') {
    await listHeld(db, absence.stillMissing, `it is not in the file, as before. ${reason}`, tally)
  } else if (verdict.stillMissing === 'retired') {
    await markGone(deps, source.id, absence.stillMissing, 'retired', tally)
  }
  tally.missing += verdict.lost === 'missing' ? absence.lost.length : 0
  tally.retired += verdict.lost === 'retired' ? absence.lost.length : 0
  tally.retired += verdict.stillMissing === 'retired' ? absence.stillMissing.length : 0
}
