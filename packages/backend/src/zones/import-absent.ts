import { areaContains, judgeAbsence, type SnapshotEnd, type SourceInfo } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import type { Tally } from './import-report.ts'
import { neighbourChanges } from './import-changes.ts'
import { markAbsent, readZoneNames, standingAfter, type StandingRow } from './import-store.ts'
import type { SeenRefs } from './seen-refs.ts'
import { settleZones } from './settle-zones.ts'
import { tallyChange, type ZoneChange } from './zone-change.ts'

const PAGE = 500

/** Finds the source's zones that the snapshot does not have and marks them as `judgeAbsence` says. */
export async function settleAbsent(
  deps: { db: Db; eventLog: EventLog; clock: Clock },
  source: SourceInfo,
  end: SnapshotEnd,
  seen: SeenRefs,
  unread: number,
  tally: Tally,
): Promise<void> {
  const found = { activeBefore: 0, lost: 0, stillMissing: 0 }
  for await (const { activeBefore, lost, stillMissing } of absentPages(deps.db, source.id, end, seen)) {
    found.activeBefore += activeBefore
    found.lost += lost.length
    found.stillMissing += stillMissing.length
  }
  const changed = tally.added + tally.joined + tally.updated
  const verdict = judgeAbsence({ complete: end.complete, ...found, changed, unread })
  if (verdict.note !== null && found.lost + found.stillMissing > 0) tally.notes.push(verdict.note)
  if (verdict.markMissing) tally.missing = found.lost
  if (verdict.retire) tally.retired = found.stillMissing
  if (tally.missing + tally.retired === 0) return
  for await (const { lost, stillMissing } of absentPages(deps.db, source.id, end, seen)) {
    if (verdict.markMissing) await mark(deps, source.id, lost, 'missing', tally)
    if (verdict.retire) await mark(deps, source.id, stillMissing, 'retired', tally)
  }
}

async function mark(
  { db, eventLog, clock }: { db: Db; eventLog: EventLog; clock: Clock },
  source: string,
  rows: readonly StandingRow[],
  status: 'missing' | 'retired',
  tally: Tally,
): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ zoneId }) => zoneId)
  const names = await readZoneNames(db, ids)
  const changes = rows.map(({ ref, zoneId }): ZoneChange => {
    return { kind: status, zoneId, ref, name: names.get(zoneId)?.name ?? null }
  })
  for (const change of changes) tallyChange(tally, change)
  if (tally.dryRun) return
  const others = await eventLog.commit(async (tx, append) => {
    const now = clock()
    await markAbsent(tx, source, rows, status, now)
    const touched = rows.map(({ ref, lat, lng }) => {
      return { source, ref, before: lat === null || lng === null ? null : { lat, lng } }
    })
    const zoneIds = await settleZones(tx, touched, source, now)
    if (zoneIds.length > 0) append({ type: 'zones', zoneIds })
    return neighbourChanges(tx, zoneIds, changes)
  })
  for (const change of others) tallyChange(tally, change)
}

/** Of some zones of the source: how many were active before the snapshot, and which it does not have. */
type AbsentPage = {
  readonly activeBefore: number
  readonly lost: readonly StandingRow[]
  readonly stillMissing: readonly StandingRow[]
}

/** All zones of the source, a page at a time: nobody knows how many are gone. */
async function* absentPages(
  db: Db,
  sourceId: string,
  end: SnapshotEnd,
  seen: SeenRefs,
): AsyncGenerator<AbsentPage, void, undefined> {
  for (let after = ''; ;) {
    const page = await standingAfter(db, sourceId, after, PAGE)
    const here = page.filter(
      ({ lat, lng }) => lat !== null && lng !== null && (end.coverage === null || areaContains(end.coverage, lat, lng)),
    )
    const absent = here.filter(({ ref }) => seen.get(ref) === undefined)
    yield {
      activeBefore: here.filter(({ ref, status }) => status === 'active' && seen.get(ref) !== 'fresh').length,
      lost: absent.filter(({ status }) => status === 'active'),
      stillMissing: absent.filter(({ status }) => status === 'missing'),
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.ref
  }
}
