import { DomainError } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import type { Db } from '#db/schema.ts'
import type { SourceChangesTable } from './tables.ts'
import { type EntryName, putEntryNames, readEntryNames } from './entry-name-store.ts'
import {
  clearBefore,
  type EntryBefore,
  entriesBefore,
  lastChangedSource,
  putSourceChange,
  readSourceChange,
  restoreEntry,
} from './import-journal-store.ts'
import { countTotals, markAbsent, placesOf } from './entry-store.ts'
import { putTotals } from './source-store.ts'
import type { SourceDeps } from './remove-source.ts'
import { reconcileZones } from './reconcile-zones.ts'

/** The change that was, or in a dry run would be, undone. */
export type UndoneSource = {
  readonly source: string
  readonly dryRun: boolean
  /** The kind of the change, and when it started, in epoch milliseconds. */
  readonly kind: SourceChangesTable['kind']
  readonly at: number
  /** Entries that were restored. */
  readonly restored: number
  /** Entries that the change added. They are retired, unless another source lists the zone. Their reports are kept. */
  readonly retired: number
}

const PAGE = 500

/**
 * Undoes the last import or removal of a source: its entries are restored, whatever other sources or riders changed
 * since. After an interruption, call it again to continue. Without an id, it undoes the change of the last changed
 * source. Throws `not-found` where there is nothing to undo.
 */
export async function undoSource(deps: SourceDeps, id: string | null, dryRun = false): Promise<UndoneSource> {
  const { db } = deps.database
  const source = id ?? (await lastChangedSource(db))
  const last = source === null ? undefined : await readSourceChange(db, source)
  if (source === null || last === undefined) {
    const text = id === null ? 'There is no import or removal to undo.' : `There is no change of "${id}" to undo.`
    throw new DomainError('not-found', `${text} Only the last change of each source is kept.`)
  }
  if (last.state === 'undone') {
    const when = new Date(last.ended_at ?? last.started_at).toISOString()
    const text = `The last ${last.kind} of "${source}" was already undone, at ${when}. Import the file again to redo it.`
    throw new DomainError('not-found', text)
  }
  if (!dryRun) await restoreNames(deps, source)
  let [restored, retired] = [0, 0]
  for await (const page of entriesBefore(db, source, PAGE)) {
    if (!dryRun) await restorePage(deps, source, page)
    restored += page.filter(({ before }) => before !== null).length
    retired += page.filter(({ before }) => before === null).length
  }
  if (!dryRun) await finish(deps, source, last, { restored, retired })
  return { source, dryRun, kind: last.kind, at: last.started_at, restored, retired }
}

/**
 * Restores all references in one transaction: a partial shift would mix entries up. Added entries give up their
 * references.
 */
async function restoreNames({ database: { db }, eventLog }: SourceDeps, source: string): Promise<void> {
  const names: EntryName[] = []
  for await (const page of entriesBefore(db, source, PAGE)) names.push(...(await changedNames(db, source, page)))
  if (names.length > 0) await eventLog.commit((tx) => putEntryNames(tx, source, names))
}

async function changedNames(db: Db, source: string, page: readonly EntryBefore[]): Promise<EntryName[]> {
  const refs = page.map(({ ref }) => ref)
  const now = new Map((await readEntryNames(db, source, 'ref', refs)).map(({ ref, name }) => [ref, name]))
  return page.flatMap(({ ref, before }) => {
    const name = before === null ? `~${ref}`.slice(0, 190) : before.name
    return (now.get(ref) ?? ref) === name || (before === null && !now.has(ref)) ? [] : [{ ref, name }]
  })
}

async function restorePage(
  { eventLog, clock }: SourceDeps,
  source: string,
  page: readonly EntryBefore[],
): Promise<void> {
  await eventLog.commit(async (tx, append) => {
    const now = clock()
    const refs = page.map(({ ref }) => ref)
    const places = await placesOf(tx, source, refs)
    for (const { before } of page) if (before !== null) await restoreEntry(tx, before.row)
    const added = page.filter(({ before }) => before === null)
    if (added.length > 0) await markAbsent(tx, source, added, 'retired', now)
    const touched = refs.map((ref) => ({ source, ref, before: places.get(ref) ?? null }))
    const zoneIds = await reconcileZones(tx, touched, source, now)
    if (zoneIds.length > 0) append({ type: 'zones', zoneIds })
  })
}

async function finish(
  { database: { db }, eventLog, clock, actor }: SourceDeps,
  source: string,
  last: SourceChangesTable,
  counts: Pick<UndoneSource, 'restored' | 'retired'>,
): Promise<void> {
  const totals = await countTotals(db, source)
  await eventLog.commit(async (tx, append) => {
    await putTotals(tx, source, totals)
    await putSourceChange(tx, { ...last, state: 'undone', ended_at: clock() })
    append({ type: 'sources' })
    await writeEntry(
      tx,
      { actor, clock },
      {
        action: 'sources:undo',
        object: { kind: 'source', id: source },
        before: { change: last.kind, startedAt: new Date(last.started_at).toISOString() },
        after: counts,
      },
    )
  })
  await clearBefore(eventLog, source)
}
