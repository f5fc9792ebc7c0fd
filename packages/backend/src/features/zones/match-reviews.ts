import {
  compareTexts,
  entryKey,
  explainPair,
  pairKey,
  type EntryName,
  type Partition,
  type ScoredPair,
} from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import type { MatchReviewsTable } from './tables.ts'
import { fingerprint } from '#platform/ids.ts'
import type { Neighbourhood } from './match-neighbourhood.ts'
import { deleteReviews, insertReviews, readReviewsOf, rescoreReview } from './match-review-store.ts'
import { readEntriesOfZones, type SourceSettingsById, type StoredEntry } from './match-store.ts'
import { wholeFacts } from './stored-facts.ts'

/** The id of the review of a pair, the same each time. */
function reviewId(a: EntryName, b: EntryName): string {
  return `m${fingerprint(pairKey(a, b))
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 12)}`
}

/**
 * Updates the open reviews from the doubtful pairs with an entry inside the neighbourhood. Decided pairs are never
 * opened again.
 */
export async function syncReviews(
  tx: Tx,
  around: Neighbourhood,
  { clusters, doubtful }: Partition,
  settings: SourceSettingsById,
  now: number,
): Promise<void> {
  const inside = around.entries.slice(0, around.inside)
  const open = new Map((await readReviewsOf(tx, inside, ['open'])).map((review) => [review.id, review]))
  const decided = new Set(around.decisions.map(({ a, b }) => reviewId(a, b)))
  const outward = await doubtfulOutward(tx, around, clusters, settings)
  const wanted = [...doubtful, ...outward].map(({ a, b }) => questionOf(around.entries[a], around.entries[b], now))
  const fresh: MatchReviewsTable[] = []
  for (const review of wanted) {
    const known = open.get(review.id)
    open.delete(review.id)
    if (known === undefined && !decided.has(review.id)) fresh.push(review)
    else if (known !== undefined && known.reasons !== review.reasons) await rescoreReview(tx, review)
  }
  await deleteReviews(tx, [...open.keys()])
  await insertReviews(tx, fresh)
}

/** Doubtful pairs with an entry outside, where neither zone has an active entry of a source of the other. */
async function doubtfulOutward(
  tx: Tx,
  { entries, inside, pairs }: Neighbourhood,
  clusters: Partition['clusters'],
  settings: SourceSettingsById,
): Promise<ScoredPair[]> {
  const outward = pairs.filter(
    ({ a, b }) => (a >= inside || b >= inside) && entries[a].status === 'active' && entries[b].status === 'active',
  )
  if (outward.length === 0) return []
  const outsiders = [...new Set(outward.map(({ a, b }) => entries[Math.max(a, b)].zoneId))]
  const others = Map.groupBy(await readEntriesOfZones(tx, outsiders, settings), ({ zoneId }) => zoneId)
  const clusterOf = new Map(clusters.flatMap((cluster) => cluster.map((at) => [at, cluster] as const)))
  return outward.filter(({ a, b }) => {
    const mine = (clusterOf.get(Math.min(a, b)) ?? []).map((at) => entries[at])
    const sources = new Set(mine.filter(({ status }) => status === 'active').map(({ source }) => source))
    const theirs = others.get(entries[Math.max(a, b)].zoneId) ?? []
    return !theirs.some(({ status, source }) => status === 'active' && sources.has(source))
  })
}

/** An open review of a pair. */
export function questionOf(one: StoredEntry, other: StoredEntry, now: number): MatchReviewsTable {
  const [a, b] = compareTexts(entryKey(one), entryKey(other)) < 0 ? [one, other] : [other, one]
  const [first, second] = [wholeFacts(a.facts), wholeFacts(b.facts)]
  const explained =
    first === null || second === null
      ? { score: null, reasons: [] }
      : explainPair({ ...a, facts: first }, { ...b, facts: second })
  return {
    id: reviewId(a, b),
    source_a: a.source,
    ref_a: a.ref,
    source_b: b.source,
    ref_b: b.ref,
    score: explained.score,
    reasons: JSON.stringify(explained.reasons),
    state: 'open',
    created_at: now,
    decided_by: null,
    decided_at: null,
  }
}
