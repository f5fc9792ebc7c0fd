import type { EventLog } from '#db/event-log.ts'
import type { Clock } from '#platform/clock.ts'
import type { NewId } from '#platform/ids.ts'
import { updateContribution } from '#contributions/contribution-store.ts'
import { rejudgeAround } from '#contributions/rejudge.ts'
import { updatePhoto } from '../photos/photo-store.ts'
import { insertDecision } from './review-store.ts'
import { findSubject } from './show-review.ts'

export type Verdict = {
  readonly accepted: boolean
  /** Who decides, in words. */
  readonly by: string
  readonly reason: string | null
}

export type DecideDeps = { readonly eventLog: EventLog; readonly clock: Clock; readonly newId: NewId }

/**
 * Accepts or rejects a contribution or a photo, whatever was voted or decided before; kept with who, when and why. The boards of running servers
 * follow. Throws `review-not-found`.
 */
export async function decideReview(
  { eventLog, clock, newId }: DecideDeps,
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
    if (subject.kind === 'contribution') {
      const { contribution } = subject
      // Opened again where it had passed: the verdict says what becomes of it.
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
        // Nobody may need to see again what was refused.
        ...(accepted ? {} : { image: null }),
      })
      await rejudgeAround(tx, append, photo.zone_id, null, now)
    }
  })
}
