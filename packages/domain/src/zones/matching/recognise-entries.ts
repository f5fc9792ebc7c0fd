import { distance } from '../../geo/great-circle.ts'
import type { SourceZone } from '../source-zone.ts'
import type { ZoneFacts, ZoneStatus } from '../zone.ts'
import { matchCell, matchCellsAround } from './match-cell.ts'
import { DEFAULT_MATCH_DISTANCE, compareTexts, type MatchEntry } from './match-entry.ts'
import { MIN_DOUBTFUL_SCORE, scorePair, toCandidate, MIN_YES_SCORE, type Candidate } from './score-pair.ts'
import { readStreetName } from './street-name.ts'

/** The former entry of a source for a place, with the reference it had. */
export type FormerEntry = { readonly ref: string; readonly status: ZoneStatus; readonly facts: ZoneFacts }

/** Maximum distance to recognise a place by its evidence, and by a unique name. */
export const MAX_RECOGNITION_METRES = 40
const MAX_NAMED_METRES = 250

/** Positions this close are the same but for rounding. A source rarely moves a place exactly to the position of another. */
const SAME_SPOT_METRES = 0.5
const SAME_SPOT_WEIGHT = 3
/** For identical names. Names of levels or bays at one spot differ little, so similar ones do not count. */
const SAME_NAME_WEIGHT = 1.5
const SAME_REF_WEIGHT = 2
const RETIRED_WEIGHT = -1.5

type Pair = { readonly row: number; readonly former: number; readonly weight: number }

/**
 * Matches the rows of a snapshot with former entries of the same source. A source may renumber its objects, shift its references by
 * a row, or delete an object and draw it again. `rows`: those with an unknown reference, and those whose position or name changed.
 * `former`: the entries of the latter, and entries whose reference is not in the snapshot.
 *
 * The evidence is that of `scorePair`, plus weights for the same reference and for exactly the same position. Pairs are assigned
 * best first, each row and each entry once. A row and an entry near each other match unless the evidence is against it. Then unique
 * names are matched, and finally equal references.
 * @returns the reference of the former entry by the reference of the row; absent rows are new
 */
export function recogniseEntries(
  former: readonly FormerEntry[],
  rows: readonly SourceZone[],
): ReadonlyMap<string, string> {
  const recognised = new Map<string, string>()
  const [freeRows, freeFormer] = [new Set(rows.keys()), new Set(former.keys())]
  const assign = (row: number, entry: number): void => {
    if (!freeRows.has(row) || !freeFormer.has(entry)) return
    freeRows.delete(row)
    freeFormer.delete(entry)
    recognised.set(rows[row].ref, former[entry].ref)
  }
  const ownOf = new Map(former.map(({ ref }, at) => [ref, at]))
  for (const { row, former: entry } of pairsOf(former, rows, ownOf)) assign(row, entry)
  const isOwnFree = (row: number): boolean => freeFormer.has(ownOf.get(rows[row].ref) ?? -1)
  const unmatchedRows = [...freeRows].filter((row) => !isOwnFree(row)).map((row) => [row, rows[row].facts] as const)
  const unmatchedFormer = [...freeFormer].map((entry) => [entry, former[entry].facts] as const)
  for (const [row, entry] of uniqueNamePairs(unmatchedRows, unmatchedFormer)) assign(row, entry)
  for (const row of freeRows) assign(row, ownOf.get(rows[row].ref) ?? -1)
  return recognised
}

/** Pairs near each other that may be the same place, the best first. */
function pairsOf(
  former: readonly FormerEntry[],
  rows: readonly SourceZone[],
  ownOf: ReadonlyMap<string, number>,
): readonly Pair[] {
  const byCell = Map.groupBy(former.keys(), (at) => matchCell(former[at].facts.lat, former[at].facts.lng))
  const known = former.map(({ ref, status, facts }) => candidateOf(ref, status, facts))
  const pairs: Pair[] = []
  for (const [row, { ref, facts }] of rows.entries()) {
    const own = ownOf.get(ref)
    const candidate = candidateOf(ref, 'active', facts)
    for (const cell of matchCellsAround(facts.lat, facts.lng, MAX_RECOGNITION_METRES)) {
      for (const at of byCell.get(cell) ?? []) {
        const { status, facts: was } = former[at]
        const metres = distance(facts.lat, facts.lng, was.lat, was.lng)
        if (metres > MAX_RECOGNITION_METRES) continue
        const score = scorePair(known[at], candidate)
        // A row with a known reference needs a higher score to match another entry.
        const minScore = at !== own && (own !== undefined || status === 'retired') ? MIN_YES_SCORE : MIN_DOUBTFUL_SCORE
        if (score === null || (score < minScore && at !== own)) continue
        const weight =
          score +
          (at === own ? SAME_REF_WEIGHT : 0) +
          (metres <= SAME_SPOT_METRES ? SAME_SPOT_WEIGHT : 0) +
          (facts.name !== null && facts.name === was.name ? SAME_NAME_WEIGHT : 0) +
          (status === 'retired' ? RETIRED_WEIGHT : 0)
        pairs.push({ row, former: at, weight })
      }
    }
  }
  return pairs.toSorted(
    (a, b) =>
      b.weight - a.weight ||
      compareTexts(rows[a.row].ref, rows[b.row].ref) ||
      compareTexts(former[a.former].ref, former[b.former].ref),
  )
}

/** As an entry for `scorePair`, with equal trust on both sides. */
function candidateOf(ref: string, status: ZoneStatus, facts: ZoneFacts): Candidate {
  const entry: MatchEntry = {
    source: '',
    ref,
    status,
    trust: 'community',
    matchDistance: DEFAULT_MATCH_DISTANCE,
    simulated: false,
    facts,
  }
  return toCandidate(entry)
}

type Listed = readonly (readonly [number, ZoneFacts])[]

/** Pairs of a row and an entry with a unique name, not too far from each other. */
function uniqueNamePairs(rows: Listed, former: Listed): [number, number][] {
  const named = uniqueNames(former)
  return [...uniqueNames(rows)].flatMap(([name, row]) => {
    const entry = named.get(name)
    if (row === null || entry === undefined || entry === null) return []
    const metres = distance(row[1].lat, row[1].lng, entry[1].lat, entry[1].lng)
    return metres <= MAX_NAMED_METRES ? [[row[0], entry[0]]] : []
  })
}

/** Items by name; null where several have it. Names without more than "parking" are left out. */
function uniqueNames(list: Listed): Map<string, Listed[number] | null> {
  const found = new Map<string, Listed[number] | null>()
  for (const one of list) {
    const name = one[1].name?.trim().toLowerCase() ?? ''
    if (readStreetName(name).words.length > 0) found.set(name, found.has(name) ? null : one)
  }
  return found
}
