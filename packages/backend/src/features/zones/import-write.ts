import type { SourceInfo } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Db, DbReader } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { putEntryNames } from './entry-name-store.ts'
import { changesOf, neighbourChanges } from './import-changes.ts'
import type { Journal } from './import-journal.ts'
import type { Tally } from './import-report.ts'
import { importRow, type ImportRow } from './import-rows.ts'
import { findKnown, insertEntries, type KnownRow, takenRefs, updateEntry, zoneIdsOf } from './entry-store.ts'
import { ensureSource } from './source-store.ts'
import type { Recognised } from './recognise-rows.ts'
import { reconcileZones } from './reconcile-zones.ts'
import { tallyChange, type ZoneChange } from './zone-change.ts'

/** `journal`: null in a dry run. `reconcileAll`: merges the zones of unchanged rows too. */
export type WriteDeps = {
  readonly db: Db
  readonly eventLog: EventLog
  readonly clock: Clock
  readonly journal: (() => Promise<Journal>) | null
  readonly source: SourceInfo
  readonly recognised: Recognised
  readonly reconcileAll: boolean
  /** The date stated in the file, in epoch milliseconds; null for none. */
  readonly documentDate: number | null
}

type Sorted = { readonly added: ImportRow[]; readonly updated: ImportRow[]; readonly back: ImportRow[] }

/** The rows that were, or in a dry run would be, written. `others`: changed zones without a row in the batch. */
type Written = {
  readonly sorted: Sorted
  readonly changes: readonly ZoneChange[]
  readonly others: readonly ZoneChange[]
}

/** Stores the new references of entries in one transaction: a partial shift would mix entries up. */
export async function writeNames({ eventLog, journal: open, source, recognised }: WriteDeps): Promise<void> {
  if (open === null || recognised.names.length === 0) return
  const journal = await open()
  await eventLog.commit(async (tx) => {
    await journal.note(
      tx,
      recognised.names.map(({ ref }) => ref),
    )
    await putEntryNames(tx, source.id, recognised.names)
  })
}

/** Writes a batch in one transaction with its event, and counts it. */
export async function writeRows(deps: WriteDeps, rows: readonly ImportRow[], tally: Tally): Promise<void> {
  const { journal, recognised } = deps
  const written = journal === null ? await compareOnly(deps, rows) : await commitRows(deps, await journal(), rows)
  const { sorted, changes, others } = written
  for (const change of [...changes, ...others]) {
    const formerRef = change.ref === null ? undefined : recognised.formerNames.get(change.ref)
    tallyChange(tally, formerRef === undefined ? change : { ...change, kind: 'rekeyed', formerRef })
    if (formerRef !== undefined) tally.rekeyed += 1
  }
  const joined = changes.filter(({ kind }) => kind === 'joined').length
  tally.added += sorted.added.length - joined
  tally.joined += joined
  tally.updated += sorted.updated.length + sorted.back.length
  tally.unchanged += rows.length - sorted.added.length - sorted.updated.length - sorted.back.length
}

/** For a dry run: references were not stored, so entries are looked up by their former ones. */
async function compareOnly({ db, source, recognised }: WriteDeps, rows: readonly ImportRow[]): Promise<Written> {
  const nameOf = ({ ref }: ImportRow): string => recognised.formerNames.get(ref) ?? ref
  const found = await findKnown(db, source.id, rows.map(nameOf))
  const isTaken = (row: ImportRow, was: KnownRow): boolean =>
    nameOf(row) === row.ref && (recognised.entries.has(was.entry) || recognised.unclaimed.has(was.entry))
  const known = new Map(
    rows.flatMap((row) => {
      const was = found.get(nameOf(row))
      return was === undefined || isTaken(row, was) ? [] : [[row.ref, was] as const]
    }),
  )
  const sorted = sortRows(rows, known, recognised)
  return { sorted, changes: changesOf(sorted, known, new Map(), null), others: [] }
}

async function commitRows(
  { eventLog, clock, source, recognised, reconcileAll, documentDate }: WriteDeps,
  journal: Journal,
  rows: readonly ImportRow[],
): Promise<Written> {
  return eventLog.commit(async (tx, append) => {
    const now = clock()
    // Reads the entries again inside the transaction, since another import may have changed them.
    const known = await findKnown(
      tx,
      source.id,
      rows.map(({ ref }) => ref),
    )
    const sorted = sortRows(await withEntries(tx, source.id, rows, known), known, recognised)
    const { added, updated, back } = sorted
    const changed = [...added, ...updated, ...back]
    await ensureSource(tx, source)
    await journal.note(
      tx,
      changed.map(({ entry }) => entry),
    )
    await insertEntries(tx, source.id, added, { now, documentDate })
    await putEntryNames(
      tx,
      source.id,
      added.filter(({ ref, entry }) => ref !== entry).map(({ ref, entry }) => ({ ref: entry, name: ref })),
    )
    for (const row of [...updated, ...back]) await updateEntry(tx, source.id, row, { now, documentDate })
    const reconciled = reconcileAll
      ? [
          ...changed,
          ...rows.flatMap((row) =>
            known.has(row.ref) ? { ...row, entry: known.get(row.ref)?.entry ?? row.entry } : [],
          ),
        ]
      : changed
    const touched = reconciled.map(({ ref, entry }) => {
      const { lat = null, lng = null } = known.get(ref) ?? {}
      return { source: source.id, ref: entry, before: lat === null || lng === null ? null : { lat, lng } }
    })
    const zoneIds = await reconcileZones(tx, touched, source.id, now)
    if (zoneIds.length > 0) append({ type: 'zones', zoneIds })
    const inZones = await zoneIdsOf(
      tx,
      source.id,
      changed.map(({ entry }) => entry),
    )
    const changes = changesOf(sorted, known, inZones, new Set(zoneIds))
    return { sorted, changes, others: await neighbourChanges(tx, zoneIds, changes) }
  })
}

/** Sorts rows by kind of change. A row with a new reference is a change even if its facts are the same. */
function sortRows(rows: readonly ImportRow[], known: ReadonlyMap<string, KnownRow>, recognised: Recognised): Sorted {
  const sorted: Sorted = { added: [], updated: [], back: [] }
  for (const row of rows) {
    const was = known.get(row.ref)
    if (was === undefined) sorted.added.push(row)
    else if (was.missing) sorted.back.push({ ...row, entry: was.entry })
    else if (was.fingerprint !== row.fingerprint || recognised.formerNames.has(row.ref)) {
      sorted.updated.push({ ...row, entry: was.entry })
    }
  }
  return sorted
}

/** Assigns a free permanent reference to new rows whose reference is taken by another entry. */
async function withEntries(
  tx: DbReader,
  source: string,
  rows: readonly ImportRow[],
  known: ReadonlyMap<string, KnownRow>,
): Promise<ImportRow[]> {
  const taken = await takenRefs(
    tx,
    source,
    rows.flatMap(({ ref }) => (known.has(ref) ? [] : ref)),
  )
  const named: ImportRow[] = []
  for (const row of rows) {
    if (!taken.has(row.ref)) named.push(row)
    else named.push(importRow(source, row, await freeRef(tx, source, row.ref)))
  }
  return named
}

async function freeRef(tx: DbReader, source: string, ref: string): Promise<string> {
  for (let number = 2; ; number += 1) {
    const free = `${ref.slice(0, 180)}~${number}`
    if ((await takenRefs(tx, source, [free])).size === 0) return free
  }
}
