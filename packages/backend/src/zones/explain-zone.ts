import {
  DomainError,
  entryKey,
  explainPair,
  matchCellsAround,
  mergeFacts,
  pairKey,
  reachOf,
  verdictOf,
  type FactClaim,
  type FactField,
  type MatchReason,
  type Verdict,
} from '@kickstand/domain'
import type { DbReader, MatchReviewsTable, ZoneRow } from '#db/schema.ts'
import { readEntriesInCells, readEntriesOfZones, readStandings, readZoneRows, type StoredEntry } from './match-store.ts'
import { readReviewsOf } from './match-review-store.ts'
import { wholeFacts } from './stored-facts.ts'

/** Two entries and what speaks for and against their being one place. */
export type ExplainedPair = {
  readonly one: StoredEntry
  readonly other: StoredEntry
  readonly score: number | null
  readonly reasons: readonly MatchReason[]
  readonly verdict: Verdict
  /** A human's word on the two, or that one is asked for. */
  readonly review: MatchReviewsTable | null
}

/** Why a zone is what it is. */
export type ZoneExplanation = {
  readonly zone: ZoneRow
  /** The id that was asked for, where it leads to this zone. */
  readonly askedFor: string | null
  readonly entries: readonly StoredEntry[]
  readonly claims: ReadonlyMap<FactField, readonly FactClaim[]>
  /** Pairs of its own entries, of different sources. */
  readonly joined: readonly ExplainedPair[]
  /** Its entries with those nearby that are other zones, the likeliest first. */
  readonly nearMisses: readonly ExplainedPair[]
}

const MOST_MISSES = 10

/** Everything that decided about a zone. Throws `zone-not-found`. */
export async function explainZone(db: DbReader, id: string): Promise<ZoneExplanation> {
  const asked = (await readZoneRows(db, [id])).get(id)
  const into = asked?.merged_into ?? null
  const zone = into === null ? asked : (await readZoneRows(db, [into])).get(into)
  if (zone === undefined) throw new DomainError('zone-not-found', `There is no zone ${id} in this database.`)
  const standings = await readStandings(db)
  const entries = await readEntriesOfZones(db, [zone.id], standings)
  const reach = reachOf(Math.max(0, ...[...standings.values()].map(({ matchDistance }) => matchDistance)))
  const cells = new Set(
    entries.flatMap(({ facts: { lat, lng } }) =>
      lat === undefined || lng === undefined ? [] : matchCellsAround(lat, lng, reach),
    ),
  )
  const nearby = (await readEntriesInCells(db, [...cells], standings)).filter(({ zoneId }) => zoneId !== zone.id)
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
      .slice(0, MOST_MISSES),
  }
}

/** A pair with its reasons; none where one of them tells no place. */
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
