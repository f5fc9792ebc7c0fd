import {
  DomainError,
  judgePositions,
  keepFields,
  type KeptField,
  MAX_JUMP_METRES,
  type SnapshotRow,
  type SourceInfo,
} from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { areaOfSource, readFormer } from './guard-store.ts'
import { type ImportRow, importRow } from './import-rows.ts'
import { readDates } from './snapshot-date-store.ts'
import { rejectOlder } from './reject-older.ts'
import { onlyPass, repeatable, type SnapshotRows } from './snapshot-passes.ts'
import { wholeFacts } from './stored-facts.ts'
import { type FarMove, surveySnapshot } from './survey-snapshot.ts'
import type { ZoneChange } from './zone-change.ts'

/** An operator's overrides for a file that would otherwise be rejected or taken in part. */
export type Overrides = {
  /** Accept a file that is older than the last one. */
  readonly allowOlder?: boolean
  /** Accept all positions of the file. */
  readonly acceptMoves?: boolean
  /** Accept that whole columns are empty now. */
  readonly acceptEmptied?: boolean
}

export type GuardInput = Overrides & {
  readonly source: SourceInfo
  readonly rows: SnapshotRows
  /** The date stated in the file, in epoch milliseconds. */
  readonly documentDate: number | null
}

/** The parts of a snapshot that may be taken. */
export type SnapshotGuard = {
  /** The rows, to be iterated once. */
  readonly rows: AsyncIterable<SnapshotRow> | Iterable<SnapshotRow>
  readonly notes: readonly string[]
  /** Zones whose entries are kept unchanged. */
  readonly held: readonly ZoneChange[]
  /** The rows to be written, with former positions and values where those of the file are implausible. */
  amend(rows: readonly ImportRow[]): Promise<readonly ImportRow[]>
}

/**
 * Compares a snapshot with the entries that its source has, and writes nothing. The snapshot is read twice, or once
 * where the source has no zones yet. Throws `snapshot-rejected` for a file older than the last one, or with mostly
 * wrong positions.
 */
export async function guardSnapshot(db: DbReader, input: GuardInput): Promise<SnapshotGuard> {
  const { source } = input
  const area = await areaOfSource(db, source.id)
  const dates = input.documentDate === null ? [] : await readDates(db, source.id)
  if (area === null && dates.length === 0) {
    return { rows: onlyPass(input.rows), notes: [], held: [], amend: (rows) => Promise.resolve(rows) }
  }
  const pass = await repeatable(input.rows)
  const { positions, farMoves, emptied, end } = await surveySnapshot(db, source.id, pass(), area)
  if (input.allowOlder !== true) rejectOlder(source, input.documentDate, end.coverage, dates)
  const acceptsMoves = input.acceptMoves === true
  const wrong = acceptsMoves ? null : judgePositions(positions)
  if (wrong !== null) {
    throw new DomainError(
      'snapshot-rejected',
      `The file was rejected and nothing was changed: ${wrong}. If the positions are right, import it with --accept-moves.`,
    )
  }
  const held = acceptsMoves ? new Map<string, FarMove>() : farMoves
  const kept = input.acceptEmptied === true ? [] : emptied
  const fields = kept.map(({ field }) => field)
  return {
    rows: pass(),
    notes: [...kept.map(emptiedNote), ...heldNote(held.size)],
    held: [...held.values()].map(heldChange),
    amend: (rows) => amendRows(db, source.id, rows, { held, fields }),
  }
}

function emptiedNote({ field, had, of }: { field: KeptField; had: number; of: number }): string {
  return `No row has "${field}" any more, but ${had} of ${of} known zones had it: their values are kept. If the column was renamed, name it in the profile. If it was removed, import with --accept-emptied.`
}

function heldNote(count: number): string[] {
  if (count === 0) return []
  return [
    `${count} zones would have moved by more than ${MAX_JUMP_METRES / 1000} km and were not changed. If the positions are right, import with --accept-moves.`,
  ]
}

function heldChange({ ref, zoneId, name, metres }: FarMove): ZoneChange {
  return { kind: 'held', zoneId, ref, name, metres, reason: `it would move by ${metres} m; its former entry is kept` }
}

type Amendments = { readonly held: ReadonlyMap<string, FarMove>; readonly fields: readonly KeptField[] }

async function amendRows(
  db: DbReader,
  sourceId: string,
  rows: readonly ImportRow[],
  { held, fields }: Amendments,
): Promise<readonly ImportRow[]> {
  const some = fields.length > 0 ? rows : rows.filter(({ ref }) => held.has(ref))
  if (some.length === 0) return rows
  const former = await readFormer(
    db,
    sourceId,
    some.map(({ ref }) => ref),
  )
  return rows.map((row) => {
    const was = former.get(row.ref)
    if (was === undefined || was.status === 'retired') return row
    const facts = held.has(row.ref) ? wholeFacts(was.facts) : keepFields(was.facts, row.facts, fields)
    return facts === null || facts === row.facts ? row : importRow(sourceId, { ref: row.ref, facts }, row.entry)
  })
}
