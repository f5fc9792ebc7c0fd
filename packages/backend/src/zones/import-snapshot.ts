import { judgeAbsence, matchCell, matchCellsAround, type AbsenceVerdict, type SourceInfo } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { guardSnapshot, type Overrides } from './guard-snapshot.ts'
import { type Absence, findAbsent, markGone, printOfLost, tellHeld } from './import-absent.ts'
import { lazyJournal } from './import-journal.ts'
import { type ImportReport, newTally, type Tally } from './import-report.ts'
import { type ImportRow, importRow } from './import-rows.ts'
import { countStanding, finishSource, hasEntries, isBelievedOtherwise, readDoubt } from './import-store.ts'
import { BATCH, type PendingRow, type Survey, surveySnapshot } from './import-survey.ts'
import { writeNames, writeRows, type WriteDeps } from './import-write.ts'
import { NOTHING_RECOGNISED, recogniseRows } from './recognise-rows.ts'
import { putDate } from './snapshot-date-store.ts'
import type { SnapshotRows } from './snapshot-passes.ts'
import { tallyChange } from './zone-change.ts'

export type ImportDeps = { readonly db: Db; readonly eventLog: EventLog; readonly clock: Clock }

export type SnapshotInput = Overrides & {
  readonly source: SourceInfo
  readonly rows: SnapshotRows
  /** The date that the file names of itself, in epoch milliseconds; null or absent where it names none. */
  readonly documentDate?: number | null
  /** Compares and counts, and writes nothing. */
  readonly dryRun?: boolean
  /** The operator's word that what is not in the snapshot is gone, however much that is. */
  readonly acceptRemovals?: boolean
  readonly onProgress?: (report: ImportReport) => void
}

/**
 * Brings a source's zones in line with a snapshot of it. The snapshot is read to its end and compared first; then it is judged as a whole:
 * which rows are places that the source called otherwise before (`recogniseRows`), what is no longer there (`judgeAbsence`). Then it
 * is written batch by batch, each in one transaction with its event. Rows that say what is known already are not written; zones
 * keep their ids. A reference that comes twice counts once: the first.
 *
 * Of a file the references are held, and what is new in a temporary file. Rows end with `{ end }` where the file's reader knows how it ended;
 * without it the snapshot counts as complete. Where the source has nothing yet, rows are written as they come.
 *
 * Throws `snapshot-rejected` where the file as a whole cannot be right (`guardSnapshot`).
 */
export async function importSnapshot(deps: ImportDeps, input: SnapshotInput): Promise<ImportReport> {
  const { source, dryRun = false } = input
  const { db } = deps
  const tally = newTally(source.id, dryRun)
  const documentDate = dateBelieved(input.documentDate ?? null, deps.clock(), tally)
  const guard = await guardSnapshot(db, { ...input, documentDate })
  tally.notes.push(...guard.notes)
  tally.held += guard.held.length
  for (const change of guard.held) tallyChange(tally, change)
  const isFirst = !(await hasEntries(db, source.id))
  const again = !dryRun && (await isBelievedOtherwise(db, source))
  const journal = lazyJournal(deps, source, 'import')
  const write: WriteDeps = {
    ...deps,
    source,
    again,
    documentDate,
    recognised: NOTHING_RECOGNISED,
    journal: dryRun ? null : journal.open,
  }
  const writeAtOnce = async (rows: readonly ImportRow[]): Promise<void> => writeRows(write, rows, tally)
  const survey = await surveySnapshot(db, { ...input, guard }, tally, {
    writeAtOnce: isFirst ? writeAtOnce : null,
    keepAll: again,
  })
  let doubt = await readDoubt(db, source.id)
  try {
    tally.complete = survey.end.complete
    if (survey.end.note !== null) tally.notes.push(survey.end.note)
    if (!isFirst) {
      const recognised = await recogniseRows(db, source.id, survey)
      const absence = await findAbsent(db, source.id, survey, recognised)
      const print = printOfLost(absence)
      const verdict = judge(absence, survey, tally, input, doubt.print === print ? doubt.count : 0)
      doubt = survey.end.complete ? { print: verdict.doubtful ? print : null, count: verdict.doubted } : doubt
      const known = { ...write, recognised }
      await writeNames(known)
      await writePending(known, survey, verdict.doubtful ? absence : null, tally)
      await takeAway(known, absence, verdict, tally)
    }
  } finally {
    await survey.pending.close()
  }
  if (!dryRun && tally.zones > 0) {
    const importedAt = survey.end.complete ? deps.clock() : null
    const standing = await countStanding(db, source.id)
    await deps.eventLog.commit(async (tx, append) => {
      await finishSource(tx, source, standing, importedAt, doubt)
      const { complete, coverage: area } = survey.end
      await putDate(tx, source.id, { documentDate, importedAt: deps.clock(), complete, area })
      await journal.close(tx)
      append({ type: 'sources' })
    })
  }
  input.onProgress?.(tally)
  return tally
}

const DAY_MS = 86_400_000

/** A file cannot be of a later day than today: such a date would keep every later file out. */
function dateBelieved(documentDate: number | null, now: number, tally: Tally): number | null {
  if (documentDate === null || documentDate <= now + DAY_MS) return documentDate
  const day = new Date(documentDate).toISOString().slice(0, 10)
  tally.notes.push(`The file says that it is of ${day}, which is in the future: its date is ignored.`)
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
 * Writes what is new. Where so much was lost that the snapshot is not believed, a new place beside a lost one is most likely that very
 * place, not recognised: it is held back, so that no place is on the map twice.
 */
async function writePending(deps: WriteDeps, survey: Survey, doubted: Absence | null, tally: Tally): Promise<void> {
  const beside = new Set(doubted?.lost.flatMap(({ lat, lng }) => matchCellsAround(lat ?? 0, lng ?? 0, 100)))
  const isHeld = ({ ref, entry, facts }: PendingRow): boolean =>
    entry === null && !deps.recognised.formerNames.has(ref) && beside.has(matchCell(facts.lat, facts.lng))
  const batch: ImportRow[] = []
  for await (const row of survey.pending.rows()) {
    const { ref, facts } = row
    const made = importRow(deps.source.id, { ref, facts })
    if (isHeld(row)) {
      const reason = 'it lies beside zones that the snapshot lacks, and may be one of them'
      tally.held += 1
      tallyChange(tally, { kind: 'held', zoneId: made.zoneId, ref, name: facts.name, reason })
    } else batch.push(made)
    if (batch.length >= BATCH) await writeRows(deps, batch.splice(0), tally)
  }
  if (batch.length > 0) await writeRows(deps, batch, tally)
}

async function takeAway(deps: WriteDeps, absence: Absence, verdict: AbsenceVerdict, tally: Tally): Promise<void> {
  const { db, source } = deps
  await tellHeld(db, absence.unreadable, 'its row in the file cannot be read', tally)
  const reason = verdict.note ?? ''
  if (verdict.lost === 'held') await tellHeld(db, absence.lost, `it is not in the file. ${reason}`, tally)
  else await markGone(deps, source.id, absence.lost, verdict.lost, tally)
  if (verdict.stillMissing === 'held') {
    await tellHeld(db, absence.stillMissing, `it is not in the file, as before. ${reason}`, tally)
  } else if (verdict.stillMissing === 'retired') {
    await markGone(deps, source.id, absence.stillMissing, 'retired', tally)
  }
  tally.missing += verdict.lost === 'missing' ? absence.lost.length : 0
  tally.retired += verdict.lost === 'retired' ? absence.lost.length : 0
  tally.retired += verdict.stillMissing === 'retired' ? absence.stillMissing.length : 0
}
