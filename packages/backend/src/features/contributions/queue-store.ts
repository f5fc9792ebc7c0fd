import { chunks } from '#db/chunks.ts'
import type { DbReader } from '#db/schema.ts'
import type { ContributionsTable, PhotosTable } from './tables.ts'

const MAX_RESULTS = 500

/** Pending and suspended contributions. */
export async function readOpenContributions(db: DbReader): Promise<ContributionsTable[]> {
  return db
    .selectFrom('contributions')
    .selectAll()
    .where('state', 'in', ['pending', 'suspended'])
    .orderBy('id')
    .limit(MAX_RESULTS)
    .execute()
}

/** Photos that wait for a decision, the oldest first, without their images. */
export async function readOpenPhotos(
  db: DbReader,
): Promise<Omit<PhotosTable, 'image' | 'perceptual_hash' | 'network'>[]> {
  return db
    .selectFrom('photos')
    .select(['id', 'zone_id', 'rider_id', 'state', 'duplicate_of', 'width', 'height', 'created_at'])
    .select(['decided_at', 'reason'])
    .where('state', '=', 'pending')
    .orderBy('id')
    .limit(MAX_RESULTS)
    .execute()
}

/** Contributions that are shown, by agreement of riders or by a moderator's decision, newest first. */
export async function readShownContributions(db: DbReader): Promise<ContributionsTable[]> {
  return db
    .selectFrom('contributions')
    .selectAll()
    .where('state', 'in', ['shown', 'accepted'])
    .orderBy('id', 'desc')
    .limit(MAX_RESULTS)
    .execute()
}

/** Contributions by their ids. */
export async function readContributionsById(db: DbReader, ids: readonly string[]): Promise<ContributionsTable[]> {
  const found: ContributionsTable[] = []
  for (const chunk of chunks(ids)) {
    found.push(...(await db.selectFrom('contributions').selectAll().where('id', 'in', chunk).execute()))
  }
  return found
}
