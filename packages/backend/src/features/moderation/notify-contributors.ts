import type { Tx } from '#db/schema.ts'
import { isVoteFor } from '#features/contributions/rejudge.ts'
import { readVotes } from '#features/contributions/reviewed.ts'
import { notify } from '#features/notifications/notify.ts'
import { readZoneNames } from '#features/zones/read-zones.ts'
import type { NewId } from '#platform/ids.ts'
import type { Subject } from './show-review.ts'

export type Decision = {
  readonly verdict: 'accepted' | 'rejected'
  readonly reason: string | null
  readonly at: number
}

/**
 * Tells the riders behind a contribution or photo of a decision: for a contribution all who said the same. A decision that
 * changes nothing is not told again. Call it before the decision is stored.
 */
export async function notifyContributors(
  tx: Tx,
  { newId }: { readonly newId: NewId },
  subject: Subject,
  { verdict, reason, at }: Decision,
): Promise<void> {
  if (verdictOf(subject) === verdict) return
  const zoneId = subject.kind === 'photo' ? subject.photo.zone_id : subject.contribution.zone_id
  const zone = (await readZoneNames(tx, [zoneId])).get(zoneId) ?? null
  const isNoZone = subject.kind === 'contribution' && subject.contribution.field === 'exists' && verdict === 'rejected'
  const params = { subject: subject.kind, verdict, zoneId: isNoZone ? null : zoneId, zone, reason }
  for (const id of await contributorsTo(tx, subject))
    await notify(tx, { newId }, { recipient: { kind: 'rider', id }, kind: 'contribution-decided', params, at })
}

function verdictOf(subject: Subject): string | null {
  if (subject.kind === 'contribution') return subject.contribution.verdict
  return subject.photo.state === 'cleared' ? 'accepted' : subject.photo.state
}

async function contributorsTo(tx: Tx, subject: Subject): Promise<string[]> {
  if (subject.kind === 'photo') return [subject.photo.rider_id]
  const { contribution } = subject
  const votes = await readVotes(tx, contribution.zone_id, contribution.field)
  return votes.filter((vote) => isVoteFor(contribution, vote)).map(({ rider_id }) => rider_id)
}
