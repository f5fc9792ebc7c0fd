import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import type { ContributionsTable, DecisionsTable, PhotosTable } from '#features/moderation/tables.ts'

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

/** Decisions that undid everything of a rider or a network, newest first. */
export async function readUndos(db: DbReader): Promise<DecisionsTable[]> {
  return db
    .selectFrom('decisions')
    .selectAll()
    .where('verdict', '=', 'undone')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MAX_RESULTS)
    .execute()
}

export async function insertDecision(tx: Tx, decision: DecisionsTable): Promise<void> {
  await tx.insertInto('decisions').values(decision).execute()
}

export async function readDecisionsOn(db: DbReader, subject: string): Promise<DecisionsTable[]> {
  return db.selectFrom('decisions').selectAll().where('subject', '=', subject).orderBy('at').orderBy('id').execute()
}
