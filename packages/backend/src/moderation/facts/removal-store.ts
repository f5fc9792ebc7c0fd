import type { RemovalAttempt, RiderHistory, Spot } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'

const REMOVALS = ['gone', 'blocked']

/** What is known of a rider who says that a zone is gone; null where no report of theirs was ever taken. */
export async function readHistory(db: DbReader, riderId: string): Promise<RiderHistory | null> {
  const row = await db.selectFrom('riders').selectAll().where('id', '=', riderId).executeTakeFirst()
  if (row === undefined) return null
  const { created_at, record_days, trust_honest, trust_junk } = row
  return { firstSeenAt: created_at, confirmedDays: record_days, honest: trust_honest, junk: trust_junk }
}

/** Where riders took zones away, or closed them, since a time; `other` is left out. */
export async function readRemovedSince(db: DbReader, since: number, other: string): Promise<Spot[]> {
  return db
    .selectFrom('rider_facts')
    .select(['lat', 'lng'])
    .where('removed_at', '>', since)
    .where('id', '!=', other)
    .execute()
}

/** Every attempt to take a zone away that waits, with all who say so. */
export async function readRemovalAttempts(db: DbReader): Promise<(RemovalAttempt & { readonly factId: string })[]> {
  const rows = await db
    .selectFrom('rider_facts')
    .innerJoin('fact_votes', (join) =>
      join
        .onRef('fact_votes.zone_id', '=', 'rider_facts.zone_id')
        .onRef('fact_votes.field', '=', 'rider_facts.field')
        .onRef('fact_votes.value', '=', 'rider_facts.value'),
    )
    .select(['rider_facts.id', 'rider_facts.zone_id', 'rider_facts.lat', 'rider_facts.lng', 'rider_facts.held_at'])
    .select(['fact_votes.rider_id', 'fact_votes.network', 'fact_votes.record'])
    .select(['fact_votes.first_at', 'fact_votes.last_at'])
    .where('rider_facts.state', 'in', ['pending', 'suspended'])
    .where('rider_facts.field', 'in', REMOVALS)
    .where('fact_votes.undone_at', 'is', null)
    .orderBy('rider_facts.id')
    .execute()
  return [...Map.groupBy(rows, ({ id }) => id)].map(([factId, votes]) => {
    const [{ zone_id, lat, lng, held_at }] = votes
    return {
      factId,
      zoneId: zone_id,
      lat,
      lng,
      isHeld: held_at !== null,
      firstAt: Math.min(...votes.map(({ first_at }) => first_at)),
      lastAt: Math.max(...votes.map(({ last_at }) => last_at)),
      says: votes.map(({ rider_id, network, record }) => ({ riderId: rider_id, network, hasRecord: record === 1 })),
    }
  })
}
