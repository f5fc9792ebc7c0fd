import type { DbReader } from '#db/schema.ts'
import type { PhotoRow } from './photos/photo-store.ts'
import type { ContributionVotesTable, ContributionsTable } from './tables.ts'

/** Everything that a rider contributed. Undone votes are included, images are not. */
export type RiderContributions = {
  readonly contributions: readonly ContributionsTable[]
  readonly votes: readonly ContributionVotesTable[]
  readonly photos: readonly PhotoRow[]
}

const PHOTO_COLUMNS = [
  'id',
  'zone_id',
  'rider_id',
  'state',
  'perceptual_hash',
  'duplicate_of',
  'width',
  'height',
  'created_at',
  'decided_at',
  'reason',
  'network',
] as const

/** Everything that a rider has contributed: contributions, votes and photos. */
export async function readContributionsOfRider(db: DbReader, riderId: string): Promise<RiderContributions> {
  return {
    contributions: await db
      .selectFrom('contributions')
      .selectAll()
      .where('rider_id', '=', riderId)
      .orderBy('id')
      .execute(),
    votes: await db
      .selectFrom('contribution_votes')
      .selectAll()
      .where('rider_id', '=', riderId)
      .orderBy('first_at')
      .orderBy('zone_id')
      .orderBy('field')
      .execute(),
    photos: await db.selectFrom('photos').select(PHOTO_COLUMNS).where('rider_id', '=', riderId).orderBy('id').execute(),
  }
}

/** Ids of riders who contributed anything, after one, in order. */
export async function riderIdsOfContributions(db: DbReader, after: string, limit: number): Promise<string[]> {
  const found = new Set<string>()
  for (const table of ['contributions', 'contribution_votes', 'photos'] as const) {
    const rows = await db
      .selectFrom(table)
      .select('rider_id')
      .distinct()
      .where('rider_id', '>', after)
      .orderBy('rider_id')
      .limit(limit)
      .execute()
    for (const { rider_id } of rows) found.add(rider_id)
  }
  return [...found].toSorted().slice(0, limit)
}
