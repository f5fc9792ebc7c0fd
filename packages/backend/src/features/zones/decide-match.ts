import { DomainError, entryKey, type EntryName } from '@kickstand/domain'
import type { Actor } from '#audit/actor.ts'
import { writeEntry } from '#audit/write-entry.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Db, Tx } from '#db/schema.ts'
import type { MatchReviewsTable } from './tables.ts'
import type { Clock } from '#platform/clock.ts'
import type { Touched } from './match-neighbourhood.ts'
import { putReviews, readReview } from './match-review-store.ts'
import { readEntries, readEntriesOfZones, readSourceSettings, readZoneRows, type StoredEntry } from './match-store.ts'
import { questionOf } from './match-reviews.ts'
import { reconcileZones } from './reconcile-zones.ts'

export type DecideDeps = {
  readonly db: Db
  readonly eventLog: EventLog
  readonly clock: Clock
  readonly actor: Actor
}
export type Decision = 'merged' | 'split'

/**
 * Stores a human decision on a pair of the review list, and merges or splits the zones. It is permanent; a later
 * decision on the same pair replaces it. `by`: who decides. Throws `not-found`.
 */
export async function decideMatch(
  { eventLog, clock, actor }: DecideDeps,
  id: string,
  decision: Decision,
  by: string,
): Promise<MatchReviewsTable> {
  return eventLog.commit(async (tx, append) => {
    const review = await readReview(tx, id)
    if (review === undefined) {
      throw new DomainError(
        'not-found',
        `There is no question match:${id}. "kickstand review list" lists the open ones.`,
      )
    }
    const decided = { ...review, state: decision, decided_by: by, decided_at: clock() }
    const changedIds = await applyDecisions(tx, [decided], clock())
    if (changedIds.length > 0) append({ type: 'zones', zoneIds: changedIds })
    await writeEntry(
      tx,
      { actor, clock },
      {
        action: decision === 'merged' ? 'matches:merge' : 'matches:split',
        object: { kind: 'match', id },
        before: { state: review.state },
        after: { state: decision },
      },
    )
    return decided
  })
}

/**
 * Merges two zones by a human decision, whatever their score. Throws `zone-not-found`, `invalid-request` for the same
 * zone twice.
 */
export async function joinZones(
  { eventLog, clock, actor }: DecideDeps,
  ids: readonly [string, string],
  by: string,
): Promise<void> {
  await eventLog.commit(async (tx, append) => {
    const [one, other] = [await entriesOf(tx, ids[0]), await entriesOf(tx, ids[1])]
    if (entryKey(one[0]) === entryKey(other[0])) {
      throw new DomainError('invalid-request', `${ids[0]} and ${ids[1]} are one zone already.`)
    }
    const now = clock()
    // Decides each pair between them, so that a later decision on one pair leaves no other in doubt.
    const questions = one.flatMap((a) => other.map((b) => questionOf(a, b, now)))
    const changedIds = await applyDecisions(
      tx,
      questions.map((question) => ({ ...question, state: 'merged', decided_by: by, decided_at: now })),
      now,
    )
    append({ type: 'zones', zoneIds: changedIds })
    const object = { kind: 'zone', id: ids[0] }
    await writeEntry(
      tx,
      { actor, clock },
      { action: 'zones:join', object, before: null, after: { joinedWith: ids[1] } },
    )
  })
}

/** Splits a source's entries from a zone by a human decision. Throws `zone-not-found`, `invalid-request`. */
export async function splitZone(
  { eventLog, clock, actor }: DecideDeps,
  id: string,
  source: string,
  by: string,
): Promise<void> {
  await eventLog.commit(async (tx, append) => {
    const all = await entriesOf(tx, id)
    const leaving = all.filter((entry) => entry.source === source)
    const staying = all.filter((entry) => entry.source !== source)
    if (leaving.length === 0 || staying.length === 0) {
      const sources = [...new Set(all.map((entry) => entry.source))].join(', ')
      throw new DomainError('invalid-request', `Zone ${id} cannot be split by "${source}": its sources are ${sources}.`)
    }
    const now = clock()
    const questions = leaving.flatMap((a) => staying.map((b) => questionOf(a, b, now)))
    const changedIds = await applyDecisions(
      tx,
      questions.map((question) => ({ ...question, state: 'split', decided_by: by, decided_at: now })),
      now,
    )
    append({ type: 'zones', zoneIds: changedIds })
    const object = { kind: 'zone', id }
    await writeEntry(tx, { actor, clock }, { action: 'zones:split', object, before: null, after: { without: source } })
  })
}

async function entriesOf(tx: Tx, id: string): Promise<readonly StoredEntry[]> {
  const row = (await readZoneRows(tx, [id])).get(id)
  const all = await readEntriesOfZones(tx, [row?.merged_into ?? id], await readSourceSettings(tx))
  const entries = all.filter(({ standsAlone }) => standsAlone)
  if (entries.length === 0) throw new DomainError('zone-not-found', `There is no zone ${id} in this database.`)
  return entries
}

async function applyDecisions(tx: Tx, decided: readonly MatchReviewsTable[], now: number): Promise<string[]> {
  await putReviews(tx, decided)
  const names = decided.flatMap((one): EntryName[] => [
    { source: one.source_a, ref: one.ref_a },
    { source: one.source_b, ref: one.ref_b },
  ])
  const entries = await readEntries(tx, names, await readSourceSettings(tx))
  const touched = entries.map(({ source, ref, facts: { lat, lng } }): Touched => {
    return { source, ref, before: lat === undefined || lng === undefined ? null : { lat, lng } }
  })
  const [first] = touched
  return first === undefined ? [] : reconcileZones(tx, touched, first.source, now)
}
