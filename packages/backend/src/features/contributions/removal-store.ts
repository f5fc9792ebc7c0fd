import type { RemovalAttempt, Spot } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'

const REMOVALS = ['gone', 'blocked']

/** Positions of zones that riders removed or closed since a time, without the contribution `except`. */
export async function readRemovedSince(db: DbReader, since: number, except: string): Promise<Spot[]> {
  return db
    .selectFrom('contributions')
    .select(['lat', 'lng'])
    .where('removed_at', '>', since)
    .where('id', '!=', except)
    .execute()
}

/** Number of removals by riders that wait, and of those of them that a limit holds back. */
export async function countWaitingRemovals(db: DbReader): Promise<{ waiting: number; held: number }> {
  const open = await db
    .selectFrom('contributions')
    .select('held_at')
    .where('field', 'in', REMOVALS)
    .where('state', 'in', ['pending', 'suspended'])
    .execute()
  return { waiting: open.length, held: open.filter(({ held_at }) => held_at !== null).length }
}

/** All pending and suspended removals, with the votes for each. */
export async function readRemovalAttempts(
  db: DbReader,
): Promise<(RemovalAttempt & { readonly contributionId: string })[]> {
  const rows = await db
    .selectFrom('contributions')
    .innerJoin('contribution_votes', (join) =>
      join
        .onRef('contribution_votes.zone_id', '=', 'contributions.zone_id')
        .onRef('contribution_votes.field', '=', 'contributions.field')
        .onRef('contribution_votes.value', '=', 'contributions.value'),
    )
    .select([
      'contributions.id',
      'contributions.zone_id',
      'contributions.lat',
      'contributions.lng',
      'contributions.held_at',
    ])
    .select(['contribution_votes.rider_id', 'contribution_votes.network', 'contribution_votes.record'])
    .select(['contribution_votes.first_at', 'contribution_votes.last_at'])
    .where('contributions.state', 'in', ['pending', 'suspended'])
    .where('contributions.field', 'in', REMOVALS)
    .where('contribution_votes.undone_at', 'is', null)
    .orderBy('contributions.id')
    .execute()
  return [...Map.groupBy(rows, ({ id }) => id)].map(([contributionId, votes]) => {
    const [{ zone_id, lat, lng, held_at }] = votes
    return {
      contributionId,
      zoneId: zone_id,
      lat,
      lng,
      isHeld: held_at !== null,
      firstAt: Math.min(...votes.map(({ first_at }) => first_at)),
      lastAt: Math.max(...votes.map(({ last_at }) => last_at)),
      statements: votes.map(({ rider_id, network, record }) => ({
        riderId: rider_id,
        network,
        hasRecord: record === 1,
      })),
    }
  })
}
