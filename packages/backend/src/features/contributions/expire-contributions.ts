import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import type { Append, EventLog } from '#db/event-log.ts'
import type { Db, Tx } from '#db/schema.ts'
import { lastReportAt } from '#features/reports/read-reports.ts'
import { readContributions, readDueFields, readVotes, upsertVote } from './contribution-store.ts'
import { rejudge } from './rejudge.ts'

export type ExpireDeps = AuditDeps & { readonly db: Db; readonly eventLog: EventLog }
type Due = { readonly zone_id: string; readonly field: string }

/**
 * Expires contributions that nobody confirmed in time and applies removals that are due. A report on a zone that riders
 * added confirms that zone. A run that changed what is shown of zones writes one audit entry, in its last transaction: of a
 * run that was interrupted, the changes until then have none. Returns the number of fields that were judged again.
 */
export async function expireContributions(deps: ExpireDeps): Promise<number> {
  const { db, eventLog, clock } = deps
  const due = await readDueFields(db, clock())
  const changed = new Set<string>()
  for (const [n, one] of due.entries()) {
    const isChanged = await eventLog.commit(async (tx, append) => {
      const hasChanged = await judgeAgain(tx, append, one, clock())
      const zoneIds = [...changed, ...(hasChanged ? [one.zone_id] : [])]
      if (n === due.length - 1 && zoneIds.length > 0) await writeExpiryEntry(tx, deps, new Set(zoneIds).size)
      return hasChanged
    })
    if (isChanged) changed.add(one.zone_id)
  }
  return due.length
}

/** Returns whether zones changed. */
async function judgeAgain(tx: Tx, append: Append, { zone_id, field }: Due, now: number): Promise<boolean> {
  const reportedAt = field === 'exists' ? await lastReportAt(tx, zone_id) : null
  const [oldest] = reportedAt === null ? [] : await readVotes(tx, zone_id, field)
  if (oldest !== undefined && reportedAt !== null && reportedAt > oldest.last_at) {
    const [contribution] = await readContributions(tx, zone_id, field)
    if (contribution?.state === 'shown') await upsertVote(tx, { ...oldest, last_at: reportedAt })
  }
  return rejudge(tx, append, zone_id, field, now)
}

async function writeExpiryEntry(tx: Tx, deps: AuditDeps, zones: number): Promise<void> {
  await writeEntry(tx, deps, {
    action: 'contributions:judge',
    object: { kind: 'job', id: 'contributions' },
    before: null,
    after: { zones },
  })
}
