import type { ScoredPair } from './find-pairs.ts'
import { compareTexts, entryKey, pairKey, type MatchDecision, type MatchEntry } from './match-entry.ts'
import { isPartOf, toCandidate, MIN_YES_SCORE, type Candidate } from './score-pair.ts'

/** Which entries are one zone, and which pairs a human should review. All by the entries' indices in the list. */
export type Partition = {
  /** Every entry is in exactly one cluster; entries and clusters are sorted by key. */
  readonly clusters: readonly (readonly number[])[]
  /** Pairs in different clusters that may be the same place. */
  readonly doubtful: readonly ScoredPair[]
}

/** Minimum lead of a pair's score over a competing pair; below it the choice would be arbitrary. */
const MIN_SCORE_LEAD = 0.3

/**
 * Joins entries into zones. `pairs` are those of `findPairs`. The result only depends on the set of entries and decisions, not on
 * their order. Neighbourhoods (entries linked by sure pairs and decisions) are independent, so that each may be joined separately.
 *
 * Human decisions are applied first. Then sure pairs are joined, the best first, if
 *  - the zone has one active entry per source: two bays that a source lists separately are two;
 *  - all entries of the zone may be one place: a chain of near ones does not become one long zone;
 *  - the pair is clearly better than any other free partner in the same source.
 *
 * Then remaining entries are joined as parts: one source lists a block, another the two bays in it. Their capacities together are at
 * most the block's. Entries that are not active join active ones and never join two of them.
 */
export function partitionEntries(
  entries: readonly MatchEntry[],
  pairs: readonly ScoredPair[],
  decisions: readonly MatchDecision[],
): Partition {
  const keys = entries.map(entryKey)
  const scores = new Map<number, number>()
  const pairNumber = (a: number, b: number): number => Math.min(a, b) * entries.length + Math.max(a, b)
  for (const { a, b, score } of pairs) scores.set(pairNumber(a, b), score)
  const groups = createGroups(entries.length)
  const isActive = entries.map(({ status }) => status === 'active')
  const { apart, trusted } = applyDecisions(keys, decisions, groups, pairNumber)

  /** Why two groups may not be joined, or null. */
  function conflict(a: number, b: number): 'source' | 'apart' | 'dissimilar' | null {
    const [first, second] = [groups.members(a), groups.members(b)]
    const activeOf = (members: readonly number[]): number[] => members.filter((one) => isActive[one])
    const [left, right] = [activeOf(first), activeOf(second)]
    for (const one of left)
      for (const other of right) if (entries[one].source === entries[other].source) return 'source'
    let isDissimilar = false
    for (const one of first) {
      for (const other of second) {
        const pair = pairNumber(one, other)
        if (apart.has(pair)) return 'apart'
        const isTrusted = trusted.has(one) || trusted.has(other)
        if (entries[one].source !== entries[other].source && !isTrusted && !scores.has(pair)) isDissimilar = true
      }
    }
    if (left.length > 0 && right.length > 0 && !(isActive[a] && isActive[b])) return 'dissimilar'
    return isDissimilar ? 'dissimilar' : null
  }

  const sure = pairs.filter(({ score }) => score >= MIN_YES_SCORE)
  const partners = Map.groupBy(
    sure.flatMap(({ a, b, score }) => [
      { at: a, to: b, score },
      { at: b, to: a, score },
    ]),
    ({ at }) => at,
  )

  /** Whether one entry of a sure pair has another free partner in the other's source with nearly the same score. */
  function isContested({ a, b, score }: ScoredPair): boolean {
    return [
      [a, b],
      [b, a],
    ].some(([at, to]) =>
      (partners.get(at) ?? []).some(
        (rival) =>
          rival.to !== to &&
          entries[rival.to].source === entries[to].source &&
          isActive[rival.to] &&
          score - rival.score < MIN_SCORE_LEAD &&
          groups.rootOf(rival.to) !== groups.rootOf(at) &&
          conflict(at, rival.to) === null,
      ),
    )
  }

  const activeCount = ({ a, b }: ScoredPair): number => Number(isActive[a]) + Number(isActive[b])
  const inOrder = sure
    .map((pair) => ({ ...pair, active: activeCount(pair), key: pairKey(entries[pair.a], entries[pair.b]) }))
    .toSorted((one, other) => other.active - one.active || other.score - one.score || compareTexts(one.key, other.key))
  for (const pair of inOrder) {
    if (groups.rootOf(pair.a) === groups.rootOf(pair.b) || conflict(pair.a, pair.b) !== null) continue
    if (pair.active === 2 && isContested(pair)) continue
    groups.join(pair.a, pair.b)
  }

  const candidates = new Map<number, Candidate>()
  const candidate = (at: number): Candidate => {
    const known = candidates.get(at) ?? toCandidate(entries[at])
    candidates.set(at, known)
    return known
  }
  const isPart = (part: number, whole: number): boolean =>
    entries[whole].facts.outline !== null && isPartOf(candidate(part), candidate(whole))

  /** Whether `part` fits into the zone of `whole` together with all others of its source that may be parts of it. */
  function fitsIn(part: number, whole: number): boolean {
    const { source } = entries[part]
    if (groups.members(part).length > 1 || !isPart(part, whole)) return false
    if (groups.members(whole).some((one) => apart.has(pairNumber(one, part)))) return false
    const isOfSource = (one: number): boolean => isActive[one] && entries[one].source === source
    const there = groups.members(whole).filter(isOfSource)
    const free = (partners.get(whole) ?? [])
      .map(({ to }) => to)
      .filter((one) => isOfSource(one) && groups.members(one).length === 1 && isPart(one, whole))
    const parts = [...new Set([...there, ...free])]
    const spaces = parts.reduce((sum, one) => sum + (entries[one].facts.capacity ?? Infinity), 0)
    return there.every((one) => isPart(one, whole)) && spaces <= 1.1 * (entries[whole].facts.capacity ?? 0)
  }
  for (const { a, b, active: both } of inOrder) {
    const why = both < 2 || groups.rootOf(a) === groups.rootOf(b) ? 'apart' : conflict(a, b)
    if ((why === 'source' || why === null) && (fitsIn(a, b) || fitsIn(b, a))) groups.join(a, b)
  }

  /** A sure pair in different zones, where at least one zone has no entry of the other's source: perhaps a part of it. */
  function isLeftOver({ a, b, score }: ScoredPair): boolean {
    const has = (at: number, source: string): boolean =>
      groups.members(at).some((one) => entries[one].source === source)
    return score >= MIN_YES_SCORE && !(has(a, entries[b].source) && has(b, entries[a].source))
  }

  const doubtful = pairs.filter((pair) => {
    if (activeCount(pair) < 2 || groups.rootOf(pair.a) === groups.rootOf(pair.b)) return false
    const why = conflict(pair.a, pair.b)
    return why === null || why === 'dissimilar' || (why === 'source' && isLeftOver(pair))
  })
  const order = [...keys.keys()].toSorted((a, b) => compareTexts(keys[a], keys[b]))
  const clusters = Map.groupBy(order, (at) => groups.rootOf(at))
  return { clusters: [...clusters.values()], doubtful }
}

type Groups = {
  rootOf(at: number): number
  members(at: number): readonly number[]
  join(a: number, b: number): void
}

function createGroups(count: number): Groups {
  const roots = Int32Array.from({ length: count }, (_, i) => i)
  const joined = new Map<number, readonly number[]>()
  const members = (at: number): readonly number[] => joined.get(roots[at]) ?? [at]
  return {
    rootOf: (at) => roots[at],
    members,
    join(a, b) {
      const all = [...members(a), ...members(b)]
      const root = roots[a]
      joined.delete(roots[b])
      joined.set(root, all)
      for (const one of all) roots[one] = root
    },
  }
}

/** `apart`: pairs that a human keeps apart. `trusted`: entries that a human assigned, at any distance. */
type AppliedDecisions = { readonly apart: ReadonlySet<number>; readonly trusted: ReadonlySet<number> }

/**
 * Joins the pairs that humans joined, the newest decision first. A decision to keep a pair apart overrides the indirect effects of
 * decisions on other pairs.
 */
function applyDecisions(
  keys: readonly string[],
  decisions: readonly MatchDecision[],
  groups: Groups,
  pairNumber: (a: number, b: number) => number,
): AppliedDecisions {
  const apart = new Set<number>()
  const trusted = new Set<number>()
  if (decisions.length === 0) return { apart, trusted }
  const places = new Map(keys.map((key, at) => [key, at]))
  const known = decisions.flatMap(({ a, b, same, at }) => {
    const [first, second] = [places.get(entryKey(a)), places.get(entryKey(b))]
    return first === undefined || second === undefined ? [] : [{ first, second, same, at, key: pairKey(a, b) }]
  })
  for (const { first, second, same } of known) if (!same) apart.add(pairNumber(first, second))
  for (const { first, second } of known
    .filter(({ same }) => same)
    .toSorted((one, other) => other.at - one.at || compareTexts(one.key, other.key))) {
    if (groups.rootOf(first) === groups.rootOf(second)) continue
    const isKeptApart = groups
      .members(first)
      .some((one) => groups.members(second).some((other) => apart.has(pairNumber(one, other))))
    if (isKeptApart) continue
    groups.join(first, second)
    trusted.add(first).add(second)
  }
  return { apart, trusted }
}
