import type { EntryName } from '@kickstand/domain'
import type { DbReader, MatchReviewsTable, Tx } from '#db/schema.ts'

const PER_QUERY = 500

/** Open questions about any of these entries. */
export async function readOpenReviews(db: DbReader, names: readonly EntryName[]): Promise<MatchReviewsTable[]> {
  const any = await db.selectFrom('match_reviews').select('id').where('state', '=', 'open').limit(1).execute()
  if (any.length === 0) return []
  const found = new Map<string, MatchReviewsTable>()
  for (const side of ['a', 'b'] as const) {
    for (const [source, some] of Map.groupBy(names, (name) => name.source)) {
      for (let from = 0; from < some.length; from += PER_QUERY) {
        const refs = some.slice(from, from + PER_QUERY).map(({ ref }) => ref)
        const rows = await db
          .selectFrom('match_reviews')
          .selectAll()
          .where('state', '=', 'open')
          .where(`source_${side}`, '=', source)
          .where(`ref_${side}`, 'in', refs)
          .execute()
        for (const row of rows) found.set(row.id, row)
      }
    }
  }
  return [...found.values()]
}

export async function insertReviews(tx: Tx, reviews: readonly MatchReviewsTable[]): Promise<void> {
  for (let from = 0; from < reviews.length; from += PER_QUERY) {
    await tx
      .insertInto('match_reviews')
      .values(reviews.slice(from, from + PER_QUERY))
      .execute()
  }
}

export async function rescoreReview(tx: Tx, { id, score, reasons }: MatchReviewsTable): Promise<void> {
  await tx.updateTable('match_reviews').set({ score, reasons }).where('id', '=', id).execute()
}

export async function deleteReviews(tx: Tx, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += PER_QUERY) {
    await tx
      .deleteFrom('match_reviews')
      .where('id', 'in', ids.slice(from, from + PER_QUERY))
      .execute()
  }
}
