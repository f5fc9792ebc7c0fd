import { DomainError } from '@kickstand/domain'
import type { Actor } from '#audit/actor.ts'
import { personal } from '#audit/personal-values.ts'
import { writeEntry } from '#audit/write-entry.ts'
import type { EventLog } from '#db/event-log.ts'
import { chunks } from '#db/chunks.ts'
import type { Db, DbReader, Row } from '#db/schema.ts'
import type { DecisionsTable } from './tables.ts'
import type { Clock } from '#platform/clock.ts'
import type { NewId } from '#platform/ids.ts'
import { clearRecords } from '#features/accounts/rider-records.ts'
import { findReportsBy, retractReports } from '#features/reports/retract-reports.ts'
import { rejudgeAround } from '#features/contributions/rejudge.ts'
import {
  updatePhoto,
  markVotesUndone,
  readPhotosBy,
  readVotesBy,
  type Contributor,
} from '#features/contributions/reviewed.ts'
import { insertDecision, readDecisionsOn } from './review-store.ts'

export type UndoDeps = {
  readonly db: Db
  readonly eventLog: EventLog
  readonly clock: Clock
  readonly newId: NewId
  readonly actor: Actor
}

/** Everything that a rider or a network contributed, and every decision on them. */
export type Contributions = {
  readonly contributor: Contributor
  /** Undone votes included. */
  readonly votes: readonly Row<'contribution_votes'>[]
  /** Number of reports that are not retracted. */
  readonly reports: number
  readonly photos: readonly string[]
  readonly decisions: readonly DecisionsTable[]
}

export type Undone = {
  readonly contributor: Contributor
  readonly dryRun: boolean
  readonly contributions: number
  readonly reports: number
  readonly photos: number
  /** Zones whose contributions or photos are undone. */
  readonly zoneIds: readonly string[]
}

/** Everything that a rider or a network contributed. Throws `review-not-found` where there is nothing. */
export async function readContributor(db: DbReader, contributor: Contributor): Promise<Contributions> {
  const votes = await readVotesBy(db, contributor)
  const reports = await findReportsBy(db, contributor)
  const photos = await readPhotosBy(db, contributor)
  const decisions = await readDecisionsOn(db, subjectOf(contributor))
  if (votes.length + reports.length + photos.length + decisions.length === 0) {
    throw new DomainError(
      'review-not-found',
      `There is nothing from the ${contributor.kind} ${contributor.id}. "kickstand review show contribution:ID" shows the ids of riders and networks.`,
    )
  }
  return { contributor, votes, reports: reports.length, photos: photos.map(({ id }) => id), decisions }
}

/**
 * Undoes everything that a rider or a network contributed: their votes no longer count, reports are retracted, photos
 * rejected, and the records of these riders are reset. The decision is stored with moderator, time and reason; the
 * votes stay as evidence. It can be run again after an interruption. Throws `review-not-found`.
 */
export async function undoContributor(
  { db, eventLog, clock, newId, actor }: UndoDeps,
  contributor: Contributor,
  { by, reason, dryRun }: { readonly by: string; readonly reason: string | null; readonly dryRun: boolean },
): Promise<Undone> {
  const { votes: before } = await readContributor(db, contributor)
  const reports = await findReportsBy(db, contributor)
  const decisionId = newId()
  const counted = before.filter(({ undone_at, value }) => undone_at === null && value !== null)
  const photos = await readPhotosBy(db, contributor)
  const zoneIds = [...new Set([...counted, ...photos].map(({ zone_id }) => zone_id))]
  const undone = {
    contributor,
    dryRun,
    contributions: counted.length,
    reports: reports.length,
    photos: photos.length,
    zoneIds,
  }
  if (dryRun) return undone
  await eventLog.commit(async (tx, append) => {
    const now = clock()
    // Read again inside the transaction: there may be new votes.
    const votes = (await readVotesBy(tx, contributor)).filter(({ undone_at }) => undone_at === null)
    await markVotesUndone(tx, contributor, now)
    await clearRecords(tx, [...new Set(votes.map(({ rider_id }) => rider_id))], now)
    if (contributor.kind === 'rider') await clearRecords(tx, [contributor.id], now)
    for (const { id } of await readPhotosBy(tx, contributor)) {
      await updatePhoto(tx, { id, state: 'rejected', decided_at: now, reason, image: null })
    }
    const votesByZone = Map.groupBy(votes, ({ zone_id }) => zone_id)
    for (const [zoneId, ofZone] of votesByZone) {
      await rejudgeAround(tx, append, zoneId, [...new Set(ofZone.map(({ field }) => field))], now, true)
    }
    // A photo proves that its author was there: without it, other contributions may no longer qualify.
    for (const zoneId of new Set(photos.map(({ zone_id }) => zone_id))) {
      await rejudgeAround(tx, append, zoneId, null, now, true)
    }
    const subject = subjectOf(contributor)
    await insertDecision(tx, { id: decisionId, subject, verdict: 'undone', decided_by: by, reason, at: now })
    append({ type: 'decision', subject, verdict: 'undone', by })
    const counts = { contributions: undone.contributions, reports: undone.reports, photos: undone.photos }
    await writeEntry(
      tx,
      { actor, clock },
      {
        action: 'reviews:undo',
        object: { kind: 'decision', id: decisionId },
        before: counts,
        after: { ...undoneOf(contributor), contributions: 0, reports: 0, photos: 0 },
        reason,
      },
    )
  })
  for (const run of chunks(reports)) await retractReports({ eventLog, clock }, run)
  return undone
}

/** The id of a rider is erased with the rider. */
function undoneOf({ kind, id }: Contributor): object {
  return kind === 'rider' ? { rider: personal(id, id) } : { network: id }
}

function subjectOf({ kind, id }: Contributor): string {
  return `${kind}:${id}`
}
