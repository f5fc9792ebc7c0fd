import { DomainError } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Clock } from '#platform/clock.ts'
import { deleteVote, findFact, readVotes } from './fact-store.ts'
import { isSaidBy, rejudge } from './rejudge.ts'

/** Takes back what a rider said. Throws `fact-not-found`, also for what only others have said. */
export async function withdrawFact(
  { eventLog, clock }: { eventLog: EventLog; clock: Clock },
  riderId: string,
  factId: string,
): Promise<void> {
  await eventLog.commit(async (tx, append) => {
    const fact = await findFact(tx, factId)
    const votes = fact === undefined ? [] : await readVotes(tx, fact.zone_id, fact.field)
    const mine = votes.find((vote) => vote.rider_id === riderId)
    if (fact === undefined || (fact.rider_id !== riderId && (mine === undefined || !isSaidBy(fact, mine)))) {
      throw new DomainError('fact-not-found', `This device stated no fact ${factId}.`)
    }
    if (mine === undefined || !isSaidBy(fact, mine)) return
    await deleteVote(tx, fact.zone_id, fact.field, riderId)
    await rejudge(tx, append, fact.zone_id, fact.field, clock())
  })
}
