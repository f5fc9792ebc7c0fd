import type { ScoredPair } from './find-pairs.ts'
import { compareTexts, entryKey, pairKey, type MatchDecision, type MatchEntry } from './match-entry.ts'
import { isPartOf, toCandidate, YES_FROM, type Candidate } from './score-pair.ts'

/** Which entries are one zone, and which pairs a human should look at. All by the entries' places in the list. */
export type Partition = {
  /** Every entry is in exactly one cluster; entries and clusters in the order of their names. */
  readonly clusters: readonly (readonly number[])[]
  /** Pairs in different clusters that may be one place after all. */
  readonly doubtful: readonly ScoredPair[]
}

/** Two partners of nearly the same score: which of them it is would be a coin's answer. */
const TOO_CLOSE = 0.3

/**
 * Joins entries into zones. `pairs` are those of `findPairs`. What comes out depends on the set of entries and decisions alone, not on
 * their order; and on each neighbourhood (entries linked by sure pairs and decisions) alone, so that part of a city may be joined by itself.
 *
 * Human decisions come first. Then sure pairs are joined, the best first, where
 *  - a zone has one standing entry of a source: two bays that the city lists apart are two;
 *  - all entries of the zone may be one place: a chain of near ones does not become one long zone;
 *  - the pair is clearly better than another free partner in the same source.
 *
 * Then what is left over joins where it is a part: one source lists a block, another the two bays that it has. Their spaces together are
 * no more than the block's. Entries that are gone from their sources follow those that stand and never bring two of these together.
 */
export function partitionEntries(
  entries: readonly MatchEntry[],
  pairs: readonly ScoredPair[],
  decisions: readonly MatchDecision[],
): Partition {
  const keys = entries.map(entryKey)
  const scores = new Map<number, number>()
  const numberOf = (a: number, b: number): number => Math.min(a, b) * entries.length + Math.max(a, b)
  for (const { a, b, score } of pairs) scores.set(numberOf(a, b), score)
  const groups = createGroups(entries.length)
  const stands = entries.map(({ status }) => status === 'active')
  const { apart, trusted } = applyDecisions(keys, decisions, groups, numberOf)

  /** Why two groups may not become one, or null. */
  function obstacle(a: number, b: number): 'source' | 'apart' | 'unlike' | null {
    const [first, second] = [groups.members(a), groups.members(b)]
    const standing = (members: readonly number[]): number[] => members.filter((one) => stands[one])
    const [left, right] = [standing(first), standing(second)]
    for (const one of left)
      for (const other of right) if (entries[one].source === entries[other].source) return 'source'
    let unlike = false
    for (const one of first) {
      for (const other of second) {
        const pair = numberOf(one, other)
        if (apart.has(pair)) return 'apart'
        const isTrusted = trusted.has(one) || trusted.has(other)
        if (entries[one].source !== entries[other].source && !isTrusted && !scores.has(pair)) unlike = true
      }
    }
    if (left.length > 0 && right.length > 0 && !(stands[a] && stands[b])) return 'unlike'
    return unlike ? 'unlike' : null
  }

  const sure = pairs.filter(({ score }) => score >= YES_FROM)
  const partners = Map.groupBy(
    sure.flatMap(({ a, b, score }) => [
      { at: a, to: b, score },
      { at: b, to: a, score },
    ]),
    ({ at }) => at,
  )

  /** Whether one end of a sure pair has another free partner in the other's source that fits nearly as well. */
  function isContested({ a, b, score }: ScoredPair): boolean {
    return [
      [a, b],
      [b, a],
    ].some(([at, to]) =>
      (partners.get(at) ?? []).some(
        (rival) =>
          rival.to !== to &&
          entries[rival.to].source === entries[to].source &&
          stands[rival.to] &&
          score - rival.score < TOO_CLOSE &&
          groups.rootOf(rival.to) !== groups.rootOf(at) &&
          obstacle(at, rival.to) === null,
      ),
    )
  }

  const standing = ({ a, b }: ScoredPair): number => Number(stands[a]) + Number(stands[b])
  const inOrder = sure
    .map((pair) => ({ ...pair, standing: standing(pair), key: pairKey(entries[pair.a], entries[pair.b]) }))
    .toSorted(
      (one, other) => other.standing - one.standing || other.score - one.score || compareTexts(one.key, other.key),
    )
  for (const pair of inOrder) {
    if (groups.rootOf(pair.a) === groups.rootOf(pair.b) || obstacle(pair.a, pair.b) !== null) continue
    if (pair.standing === 2 && isContested(pair)) continue
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
    if (groups.members(whole).some((one) => apart.has(numberOf(one, part)))) return false
    const isOfSource = (one: number): boolean => stands[one] && entries[one].source === source
    const there = groups.members(whole).filter(isOfSource)
    const free = (partners.get(whole) ?? [])
      .map(({ to }) => to)
      .filter((one) => isOfSource(one) && groups.members(one).length === 1 && isPart(one, whole))
    const parts = [...new Set([...there, ...free])]
    const spaces = parts.reduce((sum, one) => sum + (entries[one].facts.capacity ?? Infinity), 0)
    return there.every((one) => isPart(one, whole)) && spaces <= 1.1 * (entries[whole].facts.capacity ?? 0)
  }
  for (const { a, b, standing: both } of inOrder) {
    const why = both < 2 || groups.rootOf(a) === groups.rootOf(b) ? 'apart' : obstacle(a, b)
    if ((why === 'source' || why === null) && (fitsIn(a, b) || fitsIn(b, a))) groups.join(a, b)
  }

  /** A sure pair whose place in the zone is taken, of which one end stands without the other's source: perhaps a part of it. */
  function isLeftOver({ a, b, score }: ScoredPair): boolean {
    const has = (at: number, source: string): boolean =>
      groups.members(at).some((one) => entries[one].source === source)
    return score >= YES_FROM && !(has(a, entries[b].source) && has(b, entries[a].source))
  }

  const doubtful = pairs.filter((pair) => {
    if (standing(pair) < 2 || groups.rootOf(pair.a) === groups.rootOf(pair.b)) return false
    const why = obstacle(pair.a, pair.b)
    return why === null || why === 'unlike' || (why === 'source' && isLeftOver(pair))
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

/** `apart`: pairs that a human keeps apart. `trusted`: entries that a human put where they are, however far that is. */
type Words = { readonly apart: ReadonlySet<number>; readonly trusted: ReadonlySet<number> }

/**
 * Joins what humans joined, the newest word first, and returns what they said. A word on a pair stands against whatever
 * older words on other pairs would bring about.
 */
function applyDecisions(
  keys: readonly string[],
  decisions: readonly MatchDecision[],
  groups: Groups,
  numberOf: (a: number, b: number) => number,
): Words {
  const apart = new Set<number>()
  const trusted = new Set<number>()
  if (decisions.length === 0) return { apart, trusted }
  const places = new Map(keys.map((key, at) => [key, at]))
  const known = decisions.flatMap(({ a, b, same, at }) => {
    const [first, second] = [places.get(entryKey(a)), places.get(entryKey(b))]
    return first === undefined || second === undefined ? [] : [{ first, second, same, at, key: pairKey(a, b) }]
  })
  for (const { first, second, same } of known) if (!same) apart.add(numberOf(first, second))
  for (const { first, second } of known
    .filter(({ same }) => same)
    .toSorted((one, other) => other.at - one.at || compareTexts(one.key, other.key))) {
    if (groups.rootOf(first) === groups.rootOf(second)) continue
    const isKeptApart = groups
      .members(first)
      .some((one) => groups.members(second).some((other) => apart.has(numberOf(one, other))))
    if (isKeptApart) continue
    groups.join(first, second)
    trusted.add(first).add(second)
  }
  return { apart, trusted }
}
