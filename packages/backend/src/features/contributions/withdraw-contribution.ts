import { DomainError } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Clock } from '#platform/clock.ts'
import { deleteVote, findContribution, readVotes } from './contribution-store.ts'
import { isVoteFor, rejudge } from './rejudge.ts'

/**
 * Undoes a rider's vote for a contribution. Throws `contribution-not-found`, also where only other riders voted for it.
 */
export async function withdrawContribution(
  { eventLog, clock }: { eventLog: EventLog; clock: Clock },
  riderId: string,
  contributionId: string,
): Promise<void> {
  await eventLog.commit(async (tx, append) => {
    const contribution = await findContribution(tx, contributionId)
    const votes = contribution === undefined ? [] : await readVotes(tx, contribution.zone_id, contribution.field)
    const mine = votes.find((vote) => vote.rider_id === riderId)
    if (
      contribution === undefined ||
      (contribution.rider_id !== riderId && (mine === undefined || !isVoteFor(contribution, mine)))
    ) {
      throw new DomainError('contribution-not-found', `This device made no contribution ${contributionId}.`)
    }
    if (mine === undefined || !isVoteFor(contribution, mine)) return
    await deleteVote(tx, contribution.zone_id, contribution.field, riderId)
    await rejudge(tx, append, contribution.zone_id, contribution.field, clock())
  })
}
