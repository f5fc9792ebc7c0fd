import { distance } from '../../geo/great-circle.ts'
import type { SourceZone } from '../source-zone.ts'
import type { ZoneFacts, ZoneStatus } from '../zone.ts'
import { matchCell, matchCellsAround } from './match-cell.ts'
import { DEFAULT_MATCH_DISTANCE, compareTexts, type MatchEntry } from './match-entry.ts'
import { DOUBTFUL_FROM, scorePair, toCandidate, YES_FROM, type Candidate } from './score-pair.ts'
import { readStreetName } from './street-name.ts'

/** What a source said of a place before, under the reference that it then had. */
export type FormerEntry = { readonly ref: string; readonly status: ZoneStatus; readonly facts: ZoneFacts }

/** Metres within which a place can be recognised by its evidence, and by a name that only it has. */
export const RECOGNISED_WITHIN = 40
const NAMED_WITHIN = 250

/** Metres: the same figures, but for rounding. A place of one source is seldom moved to where exactly another was. */
const SAME_SPOT = 0.5
const SAME_SPOT_WEIGHT = 3
/** Letter by letter: names of levels or bays at one spot differ in little. */
const SAME_NAME_WEIGHT = 1.5
const SAME_REF_WEIGHT = 2
const RETIRED_WEIGHT = -1.5

type Pair = { readonly row: number; readonly former: number; readonly weight: number }

/**
 * Finds which rows of a snapshot are which former entries of the same source: a source may renumber its objects, shift its references by a
 * row, or delete an object and draw it anew. `rows`: those with an unknown reference, and those whose place or name changed. `former`:
 * the entries of the latter, and entries whose reference is not in the snapshot.
 *
 * The evidence is that of `scorePair`, the same reference counts for more, exactly the same spot for more still. Pairs are taken the
 * best first, each row and each entry once. What has vanished and what appeared beside it in the same snapshot are the same
 * place unless the evidence is against it. Then follow names that one row and one entry alone have, and last the same reference by itself.
 * @returns the reference of the former entry by the reference of the row; rows that are not in it are new
 */
export function recogniseEntries(
  former: readonly FormerEntry[],
  rows: readonly SourceZone[],
): ReadonlyMap<string, string> {
  const recognised = new Map<string, string>()
  const [freeRows, freeFormer] = [new Set(rows.keys()), new Set(former.keys())]
  const take = (row: number, entry: number): void => {
    if (!freeRows.has(row) || !freeFormer.has(entry)) return
    freeRows.delete(row)
    freeFormer.delete(entry)
    recognised.set(rows[row].ref, former[entry].ref)
  }
  const ownOf = new Map(former.map(({ ref }, at) => [ref, at]))
  for (const { row, former: entry } of pairsOf(former, rows, ownOf)) take(row, entry)
  const isOwnFree = (row: number): boolean => freeFormer.has(ownOf.get(rows[row].ref) ?? -1)
  const strangers = [...freeRows].filter((row) => !isOwnFree(row)).map((row) => [row, rows[row].facts] as const)
  const vanished = [...freeFormer].map((entry) => [entry, former[entry].facts] as const)
  for (const [row, entry] of namesakes(strangers, vanished)) take(row, entry)
  for (const row of freeRows) take(row, ownOf.get(rows[row].ref) ?? -1)
  return recognised
}

/** Pairs near one another that may be one place, the best first. */
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
    for (const cell of matchCellsAround(facts.lat, facts.lng, RECOGNISED_WITHIN)) {
      for (const at of byCell.get(cell) ?? []) {
        const { status, facts: was } = former[at]
        const metres = distance(facts.lat, facts.lng, was.lat, was.lng)
        if (metres > RECOGNISED_WITHIN) continue
        const score = scorePair(known[at], candidate)
        // A row whose reference is known needs more to be another's.
        const least = at !== own && (own !== undefined || status === 'retired') ? YES_FROM : DOUBTFUL_FROM
        if (score === null || (score < least && at !== own)) continue
        const weight =
          score +
          (at === own ? SAME_REF_WEIGHT : 0) +
          (metres <= SAME_SPOT ? SAME_SPOT_WEIGHT : 0) +
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

/** As entries of two sources, of which neither has more to say of law and price. */
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

/** Rows and entries that alone have a name, not too far from one another. */
function namesakes(rows: Listed, former: Listed): [number, number][] {
  const named = namesIn(former)
  return [...namesIn(rows)].flatMap(([name, row]) => {
    const entry = named.get(name)
    if (row === null || entry === undefined || entry === null) return []
    const metres = distance(row[1].lat, row[1].lng, entry[1].lat, entry[1].lng)
    return metres <= NAMED_WITHIN ? [[row[0], entry[0]]] : []
  })
}

/** Who has a name; null where several have it. Names that say no more than "parking" are none. */
function namesIn(list: Listed): Map<string, Listed[number] | null> {
  const found = new Map<string, Listed[number] | null>()
  for (const one of list) {
    const name = one[1].name?.trim().toLowerCase() ?? ''
    if (readStreetName(name).words.length > 0) found.set(name, found.has(name) ? null : one)
  }
  return found
}
