import { areaContains, type FormerEntry, type ZoneStatus } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import { fingerprint } from '#platform/ids.ts'
import type { Clock } from '#platform/clock.ts'
import { neighbourChanges } from './import-changes.ts'
import type { Journal } from './import-journal.ts'
import type { Tally } from './import-report.ts'
import { markAbsent, readEntryFacts, entriesAfter, type ListedEntry } from './entry-store.ts'
import { readMergedNames } from './zone-read-store.ts'
import type { Survey } from './compare-snapshot.ts'
import type { Recognised } from './recognise-rows.ts'
import { reconcileZones } from './reconcile-zones.ts'
import { wholeFacts } from './stored-facts.ts'
import { SIGNS } from './unread-rows.ts'
import { tallyChange, type ZoneChange } from './zone-change.ts'

const PAGE = 500

/** The entries of a source that a snapshot lacks. */
export type Absence = {
  readonly activeBefore: number
  /** Active before, and not in the snapshot. */
  readonly lost: readonly ListedEntry[]
  readonly stillMissing: readonly ListedEntry[]
  /** In the snapshot, but in an unreadable row. */
  readonly unreadable: readonly ListedEntry[]
}

/** Reads the entries of the source within the area of the snapshot, page by page. */
export async function* entryPages(
  db: Db,
  source: string,
  { end }: Pick<Survey, 'end'>,
): AsyncGenerator<ListedEntry[], void, undefined> {
  for (let after = ''; ;) {
    const page = await entriesAfter(db, source, after, PAGE)
    yield page.filter(
      ({ lat, lng }) => lat !== null && lng !== null && (end.coverage === null || areaContains(end.coverage, lat, lng)),
    )
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.ref
  }
}

/** Finds the entries that the snapshot has neither under any reference nor in an unreadable row. */
export async function findAbsent(db: Db, source: string, survey: Survey, recognised: Recognised): Promise<Absence> {
  let activeBefore = 0
  const absent: ListedEntry[] = []
  const unreadable: ListedEntry[] = []
  for await (const page of entryPages(db, source, survey)) {
    activeBefore += page.filter(({ status }) => status === 'active').length
    const open = page.filter(({ status, ref }) => status !== 'retired' && !recognised.entries.has(ref))
    absent.push(...open.filter(({ name, ref }) => recognised.unclaimed.has(ref) || survey.seen.get(name) === undefined))
    unreadable.push(...open.filter(({ name }) => survey.seen.get(name) === 'unreadable'))
  }
  const matched = survey.unread.left() === 0 ? new Set<ListedEntry>() : await claimUnread(db, source, survey, absent)
  const gone = absent.filter((row) => !matched.has(row))
  return {
    activeBefore,
    lost: gone.filter(({ status }) => status === 'active'),
    stillMissing: gone.filter(({ status }) => status === 'missing'),
    unreadable: [...unreadable, ...matched],
  }
}

/** Those of the absent entries that an unreadable row matches. The most reliable signs are tried first. */
async function claimUnread(
  db: Db,
  source: string,
  { unread }: Survey,
  absent: readonly ListedEntry[],
): Promise<ReadonlySet<ListedEntry>> {
  const matched = new Set<ListedEntry>()
  for (const sign of SIGNS) {
    for (let from = 0; from < absent.length && unread.left() > 0; from += PAGE) {
      const some = absent.slice(from, from + PAGE).filter((row) => !matched.has(row))
      const facts = await readEntryFacts(
        db,
        source,
        some.map(({ ref }) => ref),
      )
      for (const row of some) if (unread.claim(sign, row.name, facts.get(row.ref) ?? {})) matched.add(row)
    }
  }
  return matched
}

/** A fingerprint that is equal for two snapshots with the same lost entries. */
export function fingerprintOfLost({ lost }: Absence): string {
  return fingerprint(lost.map(({ ref }) => ref).join('\n'))
}

/** The stored facts of some entries, by their current references. */
export async function formerEntries(db: Db, source: string, rows: readonly ListedEntry[]): Promise<FormerEntry[]> {
  const facts = await readEntryFacts(
    db,
    source,
    rows.map(({ ref }) => ref),
  )
  return rows.flatMap(({ ref, name, status }) => {
    const whole = wholeFacts(facts.get(ref) ?? {})
    return whole === null ? [] : [{ ref: name, status: status as ZoneStatus, facts: whole }]
  })
}

/** Lists entries that are kept unchanged, with the reason. */
export async function listHeld(db: Db, rows: readonly ListedEntry[], reason: string, tally: Tally): Promise<void> {
  tally.held += rows.length
  const names = await readMergedNames(
    db,
    rows.map(({ zoneId }) => zoneId),
  )
  for (const { name: ref, zoneId } of rows) {
    tallyChange(tally, { kind: 'held', zoneId, ref, name: names.get(zoneId)?.name ?? null, reason })
  }
}

/** Marks entries as missing or retired, page by page, and lists them. */
export async function markGone(
  deps: {
    readonly db: Db
    readonly eventLog: EventLog
    readonly clock: Clock
    readonly journal: (() => Promise<Journal>) | null
  },
  source: string,
  rows: readonly ListedEntry[],
  status: 'missing' | 'retired',
  tally: Tally,
): Promise<void> {
  for (let from = 0; from < rows.length; from += PAGE) {
    const some = rows.slice(from, from + PAGE)
    const names = await readMergedNames(
      deps.db,
      some.map(({ zoneId }) => zoneId),
    )
    const changes = some.map(({ name: ref, zoneId }): ZoneChange => {
      return { kind: status, zoneId, ref, name: names.get(zoneId)?.name ?? null }
    })
    const others =
      deps.journal === null ? [] : await commitGone(deps, await deps.journal(), source, some, status, changes)
    for (const change of [...changes, ...others]) tallyChange(tally, change)
  }
}

async function commitGone(
  { eventLog, clock }: { readonly eventLog: EventLog; readonly clock: Clock },
  journal: Journal,
  source: string,
  rows: readonly ListedEntry[],
  status: 'missing' | 'retired',
  changes: readonly ZoneChange[],
): Promise<ZoneChange[]> {
  return eventLog.commit(async (tx, append) => {
    const now = clock()
    await journal.note(
      tx,
      rows.map(({ ref }) => ref),
    )
    await markAbsent(tx, source, rows, status, now)
    const touched = rows.map(({ ref, lat, lng }) => {
      return { source, ref, before: lat === null || lng === null ? null : { lat, lng } }
    })
    const zoneIds = await reconcileZones(tx, touched, source, now)
    if (zoneIds.length > 0) append({ type: 'zones', zoneIds })
    return neighbourChanges(tx, zoneIds, changes)
  })
}
