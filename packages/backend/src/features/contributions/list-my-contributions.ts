import type { ContributionsBody } from '@kickstand/contract'
import type { Db } from '#db/schema.ts'
import { toContributionBody } from './contribution-body.ts'
import { readContributionsOfZones, readVotesOf } from './contribution-store.ts'
import { isVoteFor } from './rejudge.ts'

const MAX_RESULTS = 200

/** The contributions of a rider and their states, newest first. */
export async function listMyContributions({ db }: { db: Db }, riderId: string): Promise<ContributionsBody> {
  const votes = (await readVotesOf(db, riderId, MAX_RESULTS)).filter(({ value }) => value !== null)
  const contributions = await readContributionsOfZones(db, [...new Set(votes.map(({ zone_id }) => zone_id))])
  return {
    contributions: votes.flatMap((vote) =>
      contributions
        .filter(
          (contribution) =>
            contribution.zone_id === vote.zone_id && contribution.field === vote.field && isVoteFor(contribution, vote),
        )
        .map((contribution) => toContributionBody(contribution, vote)),
    ),
  }
}
