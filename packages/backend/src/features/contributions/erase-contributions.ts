import { MIN_AGREEING_RIDERS } from '@kickstand/domain'
import type { Append } from '#db/event-log.ts'
import type { Tx } from '#db/schema.ts'
import type { NewId } from '#platform/ids.ts'
import { deleteContribution, deleteVotesAndPhotos } from './contribution-removal-store.ts'
import { readContributions, readVotes, updateContribution } from './contribution-store.ts'
import { isVoteFor, rejudge } from './rejudge.ts'
import type { ContributionsTable } from './tables.ts'

/**
 * Erases what a rider contributed to a zone: votes, notes, photos, and contributions that no other rider supports. What was
 * shown because of them is judged again without them. A contribution that others support, or that a moderator accepted, is
 * a fact of the zone by now: it stays, under the id of another supporter or of nobody.
 * @returns the erased contributions
 */
export async function eraseContributions(
  tx: Tx,
  append: Append,
  riderId: string,
  zoneId: string,
  { newId, now }: { readonly newId: NewId; readonly now: number },
): Promise<ContributionsTable[]> {
  const mine = async (): Promise<ContributionsTable[]> =>
    (await readContributions(tx, zoneId)).filter(({ rider_id }) => rider_id === riderId)
  const voted = (await readVotes(tx, zoneId)).filter(({ rider_id }) => rider_id === riderId)
  const fields = new Set([...voted, ...(await mine())].map(({ field }) => field))
  await deleteVotesAndPhotos(tx, riderId, zoneId)
  // With the contributions still there, so that what was shown of them is hidden.
  for (const field of fields) {
    await rejudge(tx, append, zoneId, field, now, await lacksSupport(tx, zoneId, field))
  }
  const erased: ContributionsTable[] = []
  for (const contribution of await mine()) {
    const supporter = (await supportersOf(tx, contribution)).at(0)
    if (supporter === undefined && contribution.state !== 'accepted') {
      await deleteContribution(tx, contribution.id)
      erased.push(contribution)
    } else await updateContribution(tx, { id: contribution.id, rider_id: supporter ?? newId() })
  }
  return erased
}

/**
 * Whether a contribution that is shown has fewer supporters left than it needed. With enough of them it stays, however old
 * their votes are: nobody can hide the facts of others by supporting them and leaving.
 */
async function lacksSupport(tx: Tx, zoneId: string, field: string): Promise<boolean> {
  for (const contribution of await readContributions(tx, zoneId, field)) {
    if (contribution.state !== 'shown') continue
    if ((await supportersOf(tx, contribution)).length < MIN_AGREEING_RIDERS) return true
  }
  return false
}

async function supportersOf(tx: Tx, contribution: ContributionsTable): Promise<string[]> {
  const votes = await readVotes(tx, contribution.zone_id, contribution.field)
  return votes.filter((vote) => isVoteFor(contribution, vote)).map(({ rider_id }) => rider_id)
}
