import type { RiderFactsBody } from '@kickstand/contract'
import type { Db } from '#db/schema.ts'
import { toFactBody } from './fact-body.ts'
import { readFactsOfZones, readVotesOf } from './fact-store.ts'
import { isSaidBy } from './rejudge.ts'

const MOST = 200

/** What a rider has said of zones and what became of it, newest first. */
export async function listMyFacts({ db }: { db: Db }, riderId: string): Promise<RiderFactsBody> {
  const votes = (await readVotesOf(db, riderId, MOST)).filter(({ value }) => value !== null)
  const facts = await readFactsOfZones(db, [...new Set(votes.map(({ zone_id }) => zone_id))])
  return {
    facts: votes.flatMap((vote) =>
      facts
        .filter((fact) => fact.zone_id === vote.zone_id && fact.field === vote.field && isSaidBy(fact, vote))
        .map((fact) => toFactBody(fact, vote)),
    ),
  }
}
