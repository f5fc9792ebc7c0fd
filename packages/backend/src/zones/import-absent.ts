import { areaContains, type FormerEntry, type ZoneStatus } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import { fingerprint } from '#platform/ids.ts'
import type { Clock } from '#platform/clock.ts'
import { neighbourChanges } from './import-changes.ts'
import type { Journal } from './import-journal.ts'
import type { Tally } from './import-report.ts'
import { markAbsent, readContributions, readZoneNames, standingAfter, type StandingRow } from './import-store.ts'
import type { Survey } from './import-survey.ts'
import type { Recognised } from './recognise-rows.ts'
import { reconcileZones } from './reconcile-zones.ts'
import { wholeFacts } from './stored-facts.ts'
import { SIGNS } from './unread-rows.ts'
import { tallyChange, type ZoneChange } from './zone-change.ts'

const PAGE = 500

/** The source's entries beside a snapshot of it. */
export type Absence = {
  readonly activeBefore: number
  /** Active before, and not in the snapshot. */
  readonly lost: readonly StandingRow[]
  readonly stillMissing: readonly StandingRow[]
  /** In the snapshot, but what it says of them cannot be read. */
  readonly unreadable: readonly StandingRow[]
}

/** Goes through all entries of the source in the area of the snapshot, a page at a time. */
export async function* entryPages(
  db: Db,
  source: string,
  { end }: Pick<Survey, 'end'>,
): AsyncGenerator<StandingRow[], void, undefined> {
  for (let after = ''; ;) {
    const page = await standingAfter(db, source, after, PAGE)
    yield page.filter(
      ({ lat, lng }) => lat !== null && lng !== null && (end.coverage === null || areaContains(end.coverage, lat, lng)),
    )
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.ref
  }
}

/** Finds the source's entries that the snapshot does not have under any reference, nor in a row that cannot be read. */
export async function findAbsent(db: Db, source: string, survey: Survey, recognised: Recognised): Promise<Absence> {
  let activeBefore = 0
  const absent: StandingRow[] = []
  const unreadable: StandingRow[] = []
  for await (const page of entryPages(db, source, survey)) {
    activeBefore += page.filter(({ status }) => status === 'active').length
    const open = page.filter(({ status, ref }) => status !== 'retired' && !recognised.entries.has(ref))
    absent.push(...open.filter(({ name, ref }) => recognised.unclaimed.has(ref) || survey.seen.get(name) === undefined))
    unreadable.push(...open.filter(({ name }) => survey.seen.get(name) === 'unreadable'))
  }
  const silent = survey.unread.left() === 0 ? new Set<StandingRow>() : await claimUnread(db, source, survey, absent)
  const gone = absent.filter((row) => !silent.has(row))
  return {
    activeBefore,
    lost: gone.filter(({ status }) => status === 'active'),
    stillMissing: gone.filter(({ status }) => status === 'missing'),
    unreadable: [...unreadable, ...silent],
  }
}

/** Of entries that seem to be absent, those of which a row speaks that cannot be read; the surest signs count first. */
async function claimUnread(
  db: Db,
  source: string,
  { unread }: Survey,
  absent: readonly StandingRow[],
): Promise<ReadonlySet<StandingRow>> {
  const silent = new Set<StandingRow>()
  for (const sign of SIGNS) {
    for (let from = 0; from < absent.length && unread.left() > 0; from += PAGE) {
      const some = absent.slice(from, from + PAGE).filter((row) => !silent.has(row))
      const facts = await readContributions(
        db,
        source,
        some.map(({ ref }) => ref),
      )
      for (const row of some) if (unread.claim(sign, row.name, facts.get(row.ref) ?? {})) silent.add(row)
    }
  }
  return silent
}

/** Equal for two snapshots that lack the same entries. */
export function printOfLost({ lost }: Absence): string {
  return fingerprint(lost.map(({ ref }) => ref).join('\n'))
}

/** What a source said of some of its entries, under the names that they have now. */
export async function formerEntries(db: Db, source: string, rows: readonly StandingRow[]): Promise<FormerEntry[]> {
  const facts = await readContributions(
    db,
    source,
    rows.map(({ ref }) => ref),
  )
  return rows.flatMap(({ ref, name, status }) => {
    const whole = wholeFacts(facts.get(ref) ?? {})
    return whole === null ? [] : [{ ref: name, status: status as ZoneStatus, facts: whole }]
  })
}

/** Lists entries that stay as they were, with the reason. */
export async function tellHeld(db: Db, rows: readonly StandingRow[], reason: string, tally: Tally): Promise<void> {
  tally.held += rows.length
  const names = await readZoneNames(
    db,
    rows.map(({ zoneId }) => zoneId),
  )
  for (const { name: ref, zoneId } of rows) {
    tallyChange(tally, { kind: 'held', zoneId, ref, name: names.get(zoneId)?.name ?? null, reason })
  }
}

/** Marks entries as missing or retired, some at a time, and lists them. */
export async function markGone(
  deps: {
    readonly db: Db
    readonly eventLog: EventLog
    readonly clock: Clock
    readonly journal: (() => Promise<Journal>) | null
  },
  source: string,
  rows: readonly StandingRow[],
  status: 'missing' | 'retired',
  tally: Tally,
): Promise<void> {
  for (let from = 0; from < rows.length; from += PAGE) {
    const some = rows.slice(from, from + PAGE)
    const names = await readZoneNames(
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
  rows: readonly StandingRow[],
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
