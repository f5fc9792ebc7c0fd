import type { ContributionsBody } from '@kickstand/contract'
import type { Db } from '#db/schema.ts'
import { toContributionBody } from './contribution-body.ts'
import { readContributionsOfZones, readVotesOf } from './contribution-store.ts'
import { isSaidBy } from './rejudge.ts'

const MAX_RESULTS = 200

/** What a rider has said of zones and what became of it, newest first. */
export async function listMyContributions({ db }: { db: Db }, riderId: string): Promise<ContributionsBody> {
  const votes = (await readVotesOf(db, riderId, MAX_RESULTS)).filter(({ value }) => value !== null)
  const contributions = await readContributionsOfZones(db, [...new Set(votes.map(({ zone_id }) => zone_id))])
  return {
    contributions: votes.flatMap((vote) =>
      contributions
        .filter(
          (contribution) =>
            contribution.zone_id === vote.zone_id && contribution.field === vote.field && isSaidBy(contribution, vote),
        )
        .map((contribution) => toContributionBody(contribution, vote)),
    ),
  }
}
