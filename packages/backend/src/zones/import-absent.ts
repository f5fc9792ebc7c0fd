import { areaContains, judgeAbsence, type SnapshotEnd, type SourceInfo } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import type { Tally } from './import-report.ts'
import { markAbsent, standingAfter, type StandingRow } from './import-store.ts'
import { settleZones } from './settle-zones.ts'

/**
 * The references of a snapshot. `fresh`: the zone was not on the map as active before it. `unreadable`: it is in the
 * snapshot, but what the snapshot says of it cannot be.
 */
export type Seen = Map<string, 'known' | 'fresh' | 'unreadable'>

const PAGE = 1000
const BATCH = 500

/** Finds the source's zones that the snapshot does not have and marks them as `judgeAbsence` says. */
export async function settleAbsent(
  { db, eventLog, clock }: { db: Db; eventLog: EventLog; clock: Clock },
  source: SourceInfo,
  end: SnapshotEnd,
  seen: Seen,
  unread: number,
  tally: Tally,
): Promise<void> {
  const { lost, stillMissing, activeBefore } = await findAbsent(db, source.id, end, seen)
  const changed = tally.added + tally.updated
  const verdict = judgeAbsence({
    complete: end.complete,
    activeBefore,
    lost: lost.length,
    stillMissing: stillMissing.length,
    changed,
    unread,
  })
  if (verdict.note !== null && lost.length + stillMissing.length > 0) tally.notes.push(verdict.note)
  const gone = [
    { status: 'missing', rows: verdict.markMissing ? lost : [] },
    { status: 'retired', rows: verdict.retire ? stillMissing : [] },
  ] as const
  for (const { status, rows } of gone) {
    tally[status] = rows.length
    for (let from = 0; from < rows.length && !tally.dryRun; from += BATCH) {
      const part = rows.slice(from, from + BATCH)
      await eventLog.commit(async (tx, append) => {
        const now = clock()
        await markAbsent(tx, source.id, part, status, now)
        const touched = part.map(({ ref, lat, lng }) => {
          return { source: source.id, ref, before: lat === null || lng === null ? null : { lat, lng } }
        })
        const zoneIds = await settleZones(tx, touched, source.id, now)
        if (zoneIds.length > 0) append({ type: 'zones', zoneIds })
      })
    }
  }
}

type Absent = { lost: StandingRow[]; stillMissing: StandingRow[]; activeBefore: number }

async function findAbsent(db: Db, sourceId: string, end: SnapshotEnd, seen: Seen): Promise<Absent> {
  const absent: Absent = { lost: [], stillMissing: [], activeBefore: 0 }
  for (let after = ''; ;) {
    const page = await standingAfter(db, sourceId, after, PAGE)
    for (const row of page) {
      if (row.lat === null || row.lng === null) continue
      if (end.coverage !== null && !areaContains(end.coverage, row.lat, row.lng)) continue
      const now = seen.get(row.ref)
      if (row.status === 'active' && now !== 'fresh') absent.activeBefore += 1
      if (now !== undefined) continue
      if (row.status === 'active') absent.lost.push(row)
      else if (row.status === 'missing') absent.stillMissing.push(row)
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return absent
    after = last.ref
  }
}
