import type { Actor } from '#audit/actor.ts'
import { writeEntry } from '#audit/write-entry.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Clock } from '#platform/clock.ts'
import type { NewId } from '#platform/ids.ts'
import { rejudgeAround } from '#features/contributions/rejudge.ts'
import { notifyContributors } from './notify-contributors.ts'
import { insertDecision } from './review-store.ts'
import { updateContribution, updatePhoto } from '#features/contributions/reviewed.ts'
import { findSubject } from './show-review.ts'

export type Verdict = {
  readonly accepted: boolean
  /** Name of the moderator. */
  readonly by: string
  readonly reason: string | null
}

export type DecideDeps = {
  readonly eventLog: EventLog
  readonly clock: Clock
  readonly newId: NewId
  readonly actor: Actor
}

/**
 * Accepts or rejects a contribution or a photo; the decision overrides votes and earlier decisions and is stored with
 * moderator, time and reason. The boards of running servers follow. Throws `review-not-found`.
 */
export async function decideReview(
  { eventLog, clock, newId, actor }: DecideDeps,
  id: string,
  { accepted, by, reason }: Verdict,
): Promise<void> {
  const verdict = accepted ? 'accepted' : 'rejected'
  const decisionId = newId()
  await eventLog.commit(async (tx, append) => {
    const now = clock()
    const subject = await findSubject(tx, id)
    await insertDecision(tx, { id: decisionId, subject: id, verdict, decided_by: by, reason, at: now })
    append({ type: 'decision', subject: id, verdict, by })
    await notifyContributors(tx, { newId }, subject, { verdict, reason, at: now })
    const before = subject.kind === 'contribution' ? subject.contribution.verdict : subject.photo.state
    await writeEntry(
      tx,
      { actor, clock },
      {
        action: accepted ? 'reviews:accept' : 'reviews:reject',
        object: { kind: subject.kind, id: id.slice(id.indexOf(':') + 1) },
        before: { verdict: before },
        after: { verdict },
        reason,
      },
    )
    if (subject.kind === 'contribution') {
      const { contribution } = subject
      // An expired contribution is reopened: the verdict determines its state.
      await updateContribution(tx, {
        id: contribution.id,
        verdict,
        decided_at: now,
        reason,
        state: contribution.state === 'expired' ? 'pending' : contribution.state,
      })
      await rejudgeAround(tx, append, contribution.zone_id, [contribution.field], now)
    } else {
      const { photo } = subject
      await updatePhoto(tx, {
        id: photo.id,
        state: accepted ? 'cleared' : 'rejected',
        decided_at: now,
        reason,
        // The image of a rejected photo is deleted.
        ...(accepted ? {} : { image: null }),
      })
      await rejudgeAround(tx, append, photo.zone_id, null, now)
    }
  })
}
