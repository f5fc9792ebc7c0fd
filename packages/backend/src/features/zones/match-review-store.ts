import type { EntryName } from '@kickstand/domain'
import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import type { MatchReviewsTable } from './tables.ts'

/** Questions about any of these entries, decided or not. */
export async function readReviewsOf(
  db: DbReader,
  names: readonly EntryName[],
  states: readonly MatchReviewsTable['state'][] = ['open', 'merged', 'split'],
): Promise<MatchReviewsTable[]> {
  const any = await db.selectFrom('match_reviews').select('id').where('state', 'in', states).limit(1).execute()
  if (any.length === 0) return []
  const found = new Map<string, MatchReviewsTable>()
  for (const side of ['a', 'b'] as const) {
    for (const [source, some] of Map.groupBy(names, (name) => name.source)) {
      for (const refs of chunks(some.map(({ ref }) => ref))) {
        const rows = await db
          .selectFrom('match_reviews')
          .selectAll()
          .where('state', 'in', states)
          .where(`source_${side}`, '=', source)
          .where(`ref_${side}`, 'in', refs)
          .execute()
        for (const row of rows) found.set(row.id, row)
      }
    }
  }
  return [...found.values()]
}

/** Open questions, the likeliest first. */
export async function listOpenReviews(db: DbReader, limit: number): Promise<MatchReviewsTable[]> {
  return db
    .selectFrom('match_reviews')
    .selectAll()
    .where('state', '=', 'open')
    .orderBy('score', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function readReview(db: DbReader, id: string): Promise<MatchReviewsTable | undefined> {
  return db.selectFrom('match_reviews').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function insertReviews(tx: Tx, reviews: readonly MatchReviewsTable[]): Promise<void> {
  for (const part of chunks(reviews)) await tx.insertInto('match_reviews').values(part).execute()
}

export async function rescoreReview(tx: Tx, { id, score, reasons }: MatchReviewsTable): Promise<void> {
  await tx.updateTable('match_reviews').set({ score, reasons }).where('id', '=', id).execute()
}

/** Replaces the reviews of the same pairs. */
export async function putReviews(tx: Tx, reviews: readonly MatchReviewsTable[]): Promise<void> {
  await deleteReviews(
    tx,
    reviews.map(({ id }) => id),
  )
  await insertReviews(tx, reviews)
}

export async function deleteReviews(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const part of chunks(ids)) await tx.deleteFrom('match_reviews').where('id', 'in', part).execute()
}
