import { distance, type SnapshotEnd, type ZoneFacts } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import { tallyRejected, tallyWarning, type Tally } from './import-report.ts'
import { type ImportRow, importRow } from './import-rows.ts'
import type { SnapshotGuard } from './guard-snapshot.ts'
import type { SnapshotInput } from './import-snapshot.ts'
import { findKnown, readEntryFacts } from './entry-store.ts'
import { createRowSpool, type RowSpool } from './row-spool.ts'
import { createSeenRefs, type SeenRefs } from './seen-refs.ts'
import { createUnreadRows, type UnreadRows } from './unread-rows.ts'

/** Rows that are compared and written at once. */
export const BATCH = 200

/** A new or changed row. `entry`: the entry with this current reference; null for none. */
export type PendingRow = { readonly ref: string; readonly facts: ZoneFacts; readonly entry: string | null }

/** The result of reading a snapshot to its end, before anything is written. */
export type Survey = {
  readonly seen: SeenRefs
  readonly pending: RowSpool<PendingRow>
  /** References of rows whose position or name differs from their entry's. */
  readonly displaced: ReadonlySet<string>
  /** Number of rows that differ from their entries. */
  readonly changed: number
  readonly unread: UnreadRows
  readonly end: SnapshotEnd
}

export type SurveyOptions = {
  /** Writes each batch at once, where there are no entries to compare with; else null. */
  readonly writeAtOnce: ((rows: readonly ImportRow[]) => Promise<void>) | null
  /** Keeps unchanged rows as well. */
  readonly keepAll: boolean
}

/** Metres within which a position is unchanged, apart from rounding. */
const SAME_POSITION_M = 0.5

/**
 * Reads a snapshot and compares it with the stored entries. Nothing is written, so that the snapshot can be judged as a
 * whole. Only the references of unchanged rows are held.
 */
export async function compareSnapshot(
  db: Db,
  { source, guard, onProgress }: SnapshotInput & { readonly guard: SnapshotGuard },
  tally: Tally,
  { writeAtOnce, keepAll }: SurveyOptions,
): Promise<Survey> {
  const seen = createSeenRefs()
  const unread = createUnreadRows()
  const pending = createRowSpool<PendingRow>()
  const displaced = new Set<string>()
  let changed = 0
  let end: SnapshotEnd = { complete: true, note: null, coverage: null }
  const batch: ImportRow[] = []

  async function flush(): Promise<void> {
    const taken = await guard.amend(batch.splice(0))
    if (writeAtOnce !== null) await writeAtOnce(taken)
    else {
      const compared = await compareBatch(db, source.id, taken, keepAll)
      changed += compared.changed
      tally.unchanged += taken.length - compared.pending.length
      for (const ref of compared.displaced) displaced.add(ref)
      for (const row of compared.pending) await pending.add(row)
    }
    onProgress?.(tally)
  }

  try {
    for await (const row of guard.rows) {
      if ('rejected' in row) {
        tallyRejected(tally, row.rejected)
        if (row.ref === undefined) unread.add(row.text ?? '')
        else if (seen.get(row.ref) === undefined) seen.set(row.ref, 'unreadable')
      } else if ('warning' in row) tallyWarning(tally, row.warning)
      else if ('leftOut' in row) tally.leftOut += 1
      else if ('end' in row) end = row.end
      else if ((seen.get(row.ref) ?? 'unreadable') !== 'unreadable') {
        const reason = 'its reference is already in this file; the first one counts'
        tallyRejected(tally, { where: row.ref, reason })
      } else {
        seen.set(row.ref, 'known')
        tally.zones += 1
        tally.spaces += row.facts.capacity ?? 0
        batch.push(importRow(source.id, row))
        if (batch.length >= BATCH) await flush()
      }
    }
    if (batch.length > 0) await flush()
  } catch (error) {
    await pending.close()
    throw error
  }
  return { seen, pending, displaced, changed, unread, end }
}

async function compareBatch(
  db: Db,
  source: string,
  rows: readonly ImportRow[],
  keepAll: boolean,
): Promise<{ pending: PendingRow[]; displaced: string[]; changed: number }> {
  const refs = rows.map(({ ref }) => ref)
  const known = await findKnown(db, source, refs)
  const news = rows.filter(({ ref, fingerprint }) => {
    const was = known.get(ref)
    return was === undefined || was.missing || was.fingerprint !== fingerprint
  })
  const entries = news.flatMap(({ ref }) => known.get(ref)?.entry ?? [])
  const before = await readEntryFacts(db, source, entries)
  const displaced = news.filter(({ ref, facts }) => isDisplaced(before.get(known.get(ref)?.entry ?? ''), facts))
  return {
    pending: (keepAll ? rows : news).map(({ ref, facts }) => ({ ref, facts, entry: known.get(ref)?.entry ?? null })),
    displaced: displaced.map(({ ref }) => ref),
    changed: news.length,
  }
}

function isDisplaced(before: Partial<ZoneFacts> | undefined, { lat, lng, name }: ZoneFacts): boolean {
  if (before?.lat === undefined || before.lng === undefined) return false
  return (before.name ?? null) !== name || distance(before.lat, before.lng, lat, lng) > SAME_POSITION_M
}
