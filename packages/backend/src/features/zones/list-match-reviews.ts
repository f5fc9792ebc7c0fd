import { DomainError, type MatchReason } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import type { MatchReviewsTable } from './tables.ts'
import { listOpenReviews, readReview } from './match-review-store.ts'
import { readEntries, readSourceSettings, type StoredEntry } from './match-store.ts'

/** A question to a moderator: are these two entries the same place? */
export type MatchQuestion = {
  readonly review: MatchReviewsTable
  readonly reasons: readonly MatchReason[]
  /** The two entries; null for one that no longer exists. */
  readonly one: StoredEntry | null
  readonly other: StoredEntry | null
}

/** Open questions, the likeliest pairs first. */
export async function listMatchQuestions(db: DbReader, limit: number): Promise<MatchQuestion[]> {
  return Promise.all((await listOpenReviews(db, limit)).map((review) => toQuestion(db, review)))
}

/** One question, decided or not. Throws `not-found`. */
export async function showMatchQuestion(db: DbReader, id: string): Promise<MatchQuestion> {
  const review = await readReview(db, id)
  if (review !== undefined) return toQuestion(db, review)
  throw new DomainError('not-found', `There is no question match:${id}. "kickstand review list" lists the open ones.`)
}

async function toQuestion(db: DbReader, review: MatchReviewsTable): Promise<MatchQuestion> {
  const names = [
    { source: review.source_a, ref: review.ref_a },
    { source: review.source_b, ref: review.ref_b },
  ]
  const entries = await readEntries(db, names, await readSourceSettings(db))
  const [one = null, other = null] = names.map((name) =>
    entries.find(({ source, ref }) => source === name.source && ref === name.ref),
  )
  // Written by `match-reviews.ts` from the same type.
  return { review, reasons: JSON.parse(review.reasons) as MatchReason[], one, other }
}
