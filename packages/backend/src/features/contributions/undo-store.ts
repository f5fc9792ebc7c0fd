import type { DbReader, Tx } from '#db/schema.ts'
import type { ContributionVotesTable, PhotosTable } from './tables.ts'

/** One rider, or everybody on one network. The id is the hash that `review show` prints. */
export type Contributor = { readonly kind: 'rider' | 'network'; readonly id: string }

const COLUMN = { rider: 'rider_id', network: 'network' } as const

/** All their votes, oldest first, including undone ones. */
export async function readVotesBy(db: DbReader, { kind, id }: Contributor): Promise<ContributionVotesTable[]> {
  return db
    .selectFrom('contribution_votes')
    .selectAll()
    .where(COLUMN[kind], '=', id)
    .orderBy('first_at')
    .orderBy('zone_id')
    .orderBy('field')
    .execute()
}

export async function markVotesUndone(tx: Tx, { kind, id }: Contributor, now: number): Promise<void> {
  await tx
    .updateTable('contribution_votes')
    .set({ undone_at: now })
    .where(COLUMN[kind], '=', id)
    .where('undone_at', 'is', null)
    .execute()
}

/** Photos that are not rejected yet. */
export async function readPhotosBy(
  db: DbReader,
  { kind, id }: Contributor,
): Promise<Pick<PhotosTable, 'id' | 'zone_id'>[]> {
  return db
    .selectFrom('photos')
    .select(['id', 'zone_id'])
    .where(COLUMN[kind], '=', id)
    .where('state', '!=', 'rejected')
    .orderBy('id')
    .execute()
}
