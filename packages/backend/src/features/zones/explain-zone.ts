import {
  DomainError,
  entryKey,
  explainPair,
  matchCellsAround,
  mergeFacts,
  pairKey,
  maxPairDistance,
  verdictOf,
  type FactClaim,
  type FactField,
  type MatchReason,
  type Verdict,
} from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import type { MatchReviewsTable, ZoneRow } from './tables.ts'
import {
  readEntriesInCells,
  readEntriesOfZones,
  readSourceSettings,
  readZoneRows,
  type StoredEntry,
} from './match-store.ts'
import { readReviewsOf } from './match-review-store.ts'
import { wholeFacts } from './stored-facts.ts'

/** Two entries, and the reasons for and against their being the same place. */
export type ExplainedPair = {
  readonly one: StoredEntry
  readonly other: StoredEntry
  readonly score: number | null
  readonly reasons: readonly MatchReason[]
  readonly verdict: Verdict
  /** The review of the pair: a human decision, or an open question. */
  readonly review: MatchReviewsTable | null
}

/** The explanation of a zone. */
export type ZoneExplanation = {
  readonly zone: ZoneRow
  /** The requested id, where it redirects to this zone. */
  readonly askedFor: string | null
  readonly entries: readonly StoredEntry[]
  readonly claims: ReadonlyMap<FactField, readonly FactClaim[]>
  /** Pairs of its own entries, of different sources. */
  readonly joined: readonly ExplainedPair[]
  /** Pairs of its entries with entries of zones nearby, the likeliest first. */
  readonly nearMisses: readonly ExplainedPair[]
}

const MAX_NEAR_MISSES = 10

/** Explains how a zone was made from its entries. Throws `zone-not-found`. */
export async function explainZone(db: DbReader, id: string): Promise<ZoneExplanation> {
  const asked = (await readZoneRows(db, [id])).get(id)
  const into = asked?.merged_into ?? null
  const zone = into === null ? asked : (await readZoneRows(db, [into])).get(into)
  if (zone === undefined) throw new DomainError('zone-not-found', `There is no zone ${id} in this database.`)
  const settings = await readSourceSettings(db)
  const entries = await readEntriesOfZones(db, [zone.id], settings)
  const reach = maxPairDistance(Math.max(0, ...[...settings.values()].map(({ matchDistance }) => matchDistance)))
  const cells = new Set(
    entries.flatMap(({ facts: { lat, lng } }) =>
      lat === undefined || lng === undefined ? [] : matchCellsAround(lat, lng, reach),
    ),
  )
  const nearby = (await readEntriesInCells(db, [...cells], settings)).filter(({ zoneId }) => zoneId !== zone.id)
  const reviews = new Map(
    (await readReviewsOf(db, entries)).map((review) => [
      pairKey({ source: review.source_a, ref: review.ref_a }, { source: review.source_b, ref: review.ref_b }),
      review,
    ]),
  )
  const pairOf = (one: StoredEntry, other: StoredEntry): ExplainedPair[] => explained(one, other, reviews)
  const joined = entries.flatMap((one, i) =>
    entries.slice(i + 1).flatMap((other) => (other.source === one.source ? [] : pairOf(one, other))),
  )
  const misses = entries.flatMap((one) =>
    nearby.filter(({ source }) => source !== one.source).flatMap((other) => pairOf(one, other)),
  )
  return {
    zone,
    askedFor: into === null ? null : id,
    entries: entries.toSorted((a, b) => (entryKey(a) < entryKey(b) ? -1 : 1)),
    claims: mergeFacts(entries)?.claims ?? new Map<FactField, readonly FactClaim[]>(),
    joined,
    nearMisses: misses
      .filter(({ score, review }) => score !== null || review !== null)
      .toSorted((a, b) => (b.score ?? -Infinity) - (a.score ?? -Infinity))
      .slice(0, MAX_NEAR_MISSES),
  }
}

/** A pair with its reasons; none where one entry has no position. */
function explained(
  one: StoredEntry,
  other: StoredEntry,
  reviews: ReadonlyMap<string, MatchReviewsTable>,
): ExplainedPair[] {
  const [first, second] = [wholeFacts(one.facts), wholeFacts(other.facts)]
  if (first === null || second === null) return []
  const { score, reasons } = explainPair({ ...one, facts: first }, { ...other, facts: second })
  const review = reviews.get(pairKey(one, other)) ?? null
  return [{ one, other, score, reasons, verdict: score === null ? 'no' : verdictOf(score), review }]
}
