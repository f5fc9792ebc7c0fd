import {
  createPairFinder,
  distance,
  entryKey,
  matchCellsAround,
  maxPairDistance,
  MIN_YES_SCORE,
  type EntryName,
  type MatchDecision,
  type MatchEntry,
  type ScoredPair,
} from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import {
  cellsOfOthers,
  readDecisions,
  readEntries,
  readEntriesInCells,
  readEntriesOfZones,
  zonesOfOthers,
  type SourceSettingsById,
  type StoredEntry,
} from './match-store.ts'
import { wholeFacts } from './stored-facts.ts'

/** A new, changed or absent entry, with its former position; null where it is new. */
export type Touched = EntryName & { readonly before: { readonly lat: number; readonly lng: number } | null }

/** A stored entry with a position, so that it can be matched. */
export type PlacedEntry = StoredEntry & MatchEntry

/** All entries whose zones may change with the touched entries, and the entries around them. */
export type Neighbourhood = {
  /** The entries inside come first. */
  readonly entries: readonly PlacedEntry[]
  /** Number of entries inside, whose zones are reconciled. */
  readonly inside: number
  /** Pairs with at least one end inside. */
  readonly pairs: readonly ScoredPair[]
  readonly decisions: readonly MatchDecision[]
  /** True where no other source has entries or decisions near the touched ones, the most frequent case. */
  readonly isSingleSource: boolean
}

/**
 * Collects the entries linked with the touched ones, by sure pairs, shared zones or human decisions, until none is
 * added. Entries outside do not affect how those inside are joined. `source`: the source of all touched entries. Most
 * of them have no other source nearby, and need no further queries.
 */
export async function gatherNeighbourhood(
  db: DbReader,
  touched: readonly Touched[],
  source: string,
  settings: SourceSettingsById,
): Promise<Neighbourhood> {
  const reach = maxPairDistance(Math.max(0, ...[...settings.values()].map(({ matchDistance }) => matchDistance)))
  const finder = createPairFinder(reach)
  const known: PlacedEntry[] = []
  const places = new Map<string, number>()
  const inside = new Set<number>()
  let pairsSeen = 0
  const seenCells = new Set<number>()
  const decisions = new Map<string, MatchDecision>()

  function add(entries: readonly StoredEntry[], isInside = false): number[] {
    const added: number[] = []
    for (const entry of entries) {
      const key = entryKey(entry)
      const there = places.get(key)
      const placed = there === undefined ? placedEntry(entry) : null
      if (there !== undefined) added.push(there)
      if (placed === null) continue
      const at = finder.add(placed, isInside)
      known.push(placed)
      places.set(key, at)
      added.push(at)
    }
    return added
  }
  function take(all: readonly number[]): PlacedEntry[] {
    const fresh: PlacedEntry[] = []
    for (const at of all) {
      if (inside.has(at)) continue
      inside.add(at)
      finder.select(at)
      fresh.push(known[at])
    }
    return fresh
  }
  /** Entries outside that new sure pairs link with entries inside. */
  function surePartners(): number[] {
    const fresh = finder.pairs.slice(pairsSeen)
    pairsSeen = finder.pairs.length
    return fresh.filter(({ score }) => score >= MIN_YES_SCORE).flatMap(({ a, b }) => [a, b])
  }

  const first = deduplicated((await readEntries(db, touched, settings)).flatMap((entry) => placedEntry(entry) ?? []))
  const spots = spotsOf(touched, first)
  let queue = await nearOtherSources(db, first, spots, source, reach)
  if (queue.length === 0)
    return { entries: first, inside: first.length, pairs: [], decisions: [], isSingleSource: true }
  take(add(first, true))
  let isFirst = true
  while (queue.length > 0) {
    const cells = new Set(queue.flatMap(({ facts }) => matchCellsAround(facts.lat, facts.lng, reach)))
    if (isFirst) for (const { lat, lng } of spots) for (const cell of matchCellsAround(lat, lng, reach)) cells.add(cell)
    const freshCells = [...cells].filter((cell) => !seenCells.has(cell))
    for (const cell of freshCells) seenCells.add(cell)
    const nearby = add(await readEntriesInCells(db, freshCells, settings))
    const next: PlacedEntry[] = []
    if (isFirst) next.push(...take(nearby.filter((at) => isNearSpot(known[at], spots, reach))))
    isFirst = false
    const zones = [...new Set(queue.map(({ zoneId }) => zoneId))]
    next.push(...take(add(await readEntriesOfZones(db, zones, settings))))
    const decided = await readDecisions(db, queue)
    for (const decision of decided) decisions.set(`${entryKey(decision.a)}\n\n${entryKey(decision.b)}`, decision)
    const named = decided.flatMap(({ a, b }) => [a, b]).filter((name) => !inside.has(places.get(entryKey(name)) ?? -1))
    next.push(...take(add(await readEntries(db, named, settings))))
    next.push(...take(surePartners()))
    queue = next
  }
  const order = [...inside, ...[...known.keys()].filter((at) => !inside.has(at))]
  const placeOf = new Map(order.map((at, place) => [at, place]))
  const pairs = finder.pairs.map(({ a, b, score }) => ({ a: placeOf.get(a) ?? 0, b: placeOf.get(b) ?? 0, score }))
  const entries = order.map((at) => known[at])
  return { entries, inside: inside.size, pairs, decisions: [...decisions.values()], isSingleSource: false }
}

function deduplicated(entries: readonly PlacedEntry[]): PlacedEntry[] {
  return [...new Map(entries.map((entry) => [entryKey(entry), entry])).values()]
}

function placedEntry(entry: StoredEntry): PlacedEntry | null {
  const facts = entry.standsAlone ? wholeFacts(entry.facts) : null
  return facts === null ? null : { ...entry, facts }
}

type Spot = { readonly lat: number; readonly lng: number }

/** Current and former positions of changed entries: nearby entries may have lost or gained a partner. */
function spotsOf(touched: readonly Touched[], entries: readonly PlacedEntry[]): readonly Spot[] {
  const befores = touched.flatMap((one) => (one.before === null ? [] : [[entryKey(one), one.before] as const]))
  const changed = new Map(befores)
  const now = entries.filter((entry) => changed.has(entryKey(entry))).map(({ facts }) => facts)
  return [...changed.values(), ...now]
}

function isNearSpot({ facts }: PlacedEntry, spots: readonly Spot[], reach: number): boolean {
  return spots.some(({ lat, lng }) => distance(facts.lat, facts.lng, lat, lng) <= reach)
}

/** Those of the touched entries that another source may affect. */
async function nearOtherSources(
  db: DbReader,
  entries: readonly PlacedEntry[],
  spots: readonly Spot[],
  source: string,
  reach: number,
): Promise<PlacedEntry[]> {
  const cellsOf = ({ lat, lng }: Spot): number[] => matchCellsAround(lat, lng, reach)
  const cells = new Set([...entries.map(({ facts }) => facts), ...spots].flatMap(cellsOf))
  const taken = await cellsOfOthers(db, [...cells], source)
  const shared = await zonesOfOthers(db, [...new Set(entries.map(({ zoneId }) => zoneId))], source)
  const decided = await readDecisions(db, entries)
  if (taken.size === 0 && shared.size === 0 && decided.length === 0) return []
  const named = new Set(decided.flatMap(({ a, b }) => [entryKey(a), entryKey(b)]))
  const isAnySpotTaken = spots.some((spot) => cellsOf(spot).some((cell) => taken.has(cell)))
  return entries.filter(
    (entry) =>
      isAnySpotTaken ||
      shared.has(entry.zoneId) ||
      named.has(entryKey(entry)) ||
      cellsOf(entry.facts).some((cell) => taken.has(cell)),
  )
}
