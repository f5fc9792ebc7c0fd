import { DomainError } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Clock } from '#platform/clock.ts'
import { deleteVote, findContribution, readVotes } from './contribution-store.ts'
import { isSaidBy, rejudge } from './rejudge.ts'

/** Takes back what a rider said. Throws `contribution-not-found`, also for what only others have said. */
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
      (contribution.rider_id !== riderId && (mine === undefined || !isSaidBy(contribution, mine)))
    ) {
      throw new DomainError('contribution-not-found', `This device stated no contribution ${contributionId}.`)
    }
    if (mine === undefined || !isSaidBy(contribution, mine)) return
    await deleteVote(tx, contribution.zone_id, contribution.field, riderId)
    await rejudge(tx, append, contribution.zone_id, contribution.field, clock())
  })
}
