import type { ScoredPair } from './find-pairs.ts'
import { compareTexts, entryKey, pairKey, type MatchDecision, type MatchEntry } from './match-entry.ts'
import { YES_FROM } from './score-pair.ts'

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
 * Entries that are gone from their sources follow those that stand and never bring two of these together.
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
  const apart = applyDecisions(keys, decisions, groups, numberOf)

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
        if (entries[one].source !== entries[other].source && !scores.has(pair)) unlike = true
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

  const doubtful = pairs.filter(
    (pair) =>
      standing(pair) === 2 && groups.rootOf(pair.a) !== groups.rootOf(pair.b) && isOpen(obstacle(pair.a, pair.b)),
  )
  const order = [...keys.keys()].toSorted((a, b) => compareTexts(keys[a], keys[b]))
  const clusters = Map.groupBy(order, (at) => groups.rootOf(at))
  return { clusters: [...clusters.values()], doubtful }
}

function isOpen(obstacle: 'source' | 'apart' | 'unlike' | null): boolean {
  return obstacle === null || obstacle === 'unlike'
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

/**
 * Joins what humans joined, the newest word first, and returns the pairs that they keep apart. A word on a pair stands against whatever
 * older words on other pairs would bring about.
 */
function applyDecisions(
  keys: readonly string[],
  decisions: readonly MatchDecision[],
  groups: Groups,
  numberOf: (a: number, b: number) => number,
): ReadonlySet<number> {
  const apart = new Set<number>()
  if (decisions.length === 0) return apart
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
    if (!isKeptApart) groups.join(first, second)
  }
  return apart
}
