import {
  createPairFinder,
  distance,
  entryKey,
  matchCellsAround,
  reachOf,
  YES_FROM,
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
  type Standings,
  type StoredEntry,
} from './match-store.ts'
import { wholeFacts } from './stored-facts.ts'

/** An entry that was added, changed or taken away, with the place that it had before; null where it is new. */
export type Touched = EntryName & { readonly before: { readonly lat: number; readonly lng: number } | null }

/** A stored entry that tells a place, so that it can be matched. */
export type PlacedEntry = StoredEntry & MatchEntry

/** All entries whose zones may be others because of those that were touched, and what stands around them. */
export type Neighbourhood = {
  /** Those inside first. */
  readonly entries: readonly PlacedEntry[]
  /** How many of `entries` are inside: their zones are settled anew. */
  readonly inside: number
  /** Pairs with at least one end inside. */
  readonly pairs: readonly ScoredPair[]
  readonly decisions: readonly MatchDecision[]
  /** Whether no other source has, or had, anything to do with the touched entries: most often so. */
  readonly isQuiet: boolean
}

/**
 * Gathers what the touched entries are linked with, by sure pairs, by zones they share and by human decisions, until nothing is added:
 * what is outside has no say in how those inside are joined. `source`: the one that all touched entries are of; most of them stand where
 * no other source speaks, and cost nothing more.
 */
export async function gatherNeighbourhood(
  db: DbReader,
  touched: readonly Touched[],
  source: string,
  standings: Standings,
): Promise<Neighbourhood> {
  const reach = reachOf(Math.max(0, ...[...standings.values()].map(({ matchDistance }) => matchDistance)))
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
      finder.ask(at)
      fresh.push(known[at])
    }
    return fresh
  }
  /** Those outside that a sure pair, found since the last time, links with what is inside. */
  function surePartners(): number[] {
    const fresh = finder.pairs.slice(pairsSeen)
    pairsSeen = finder.pairs.length
    return fresh.filter(({ score }) => score >= YES_FROM).flatMap(({ a, b }) => [a, b])
  }

  const first = eachOnce((await readEntries(db, touched, standings)).flatMap((entry) => placedEntry(entry) ?? []))
  const spots = spotsOf(touched, first)
  let queue = await withCompany(db, first, spots, source, reach)
  if (queue.length === 0) return { entries: first, inside: first.length, pairs: [], decisions: [], isQuiet: true }
  take(add(first, true))
  let isFirst = true
  while (queue.length > 0) {
    const cells = new Set(queue.flatMap(({ facts }) => matchCellsAround(facts.lat, facts.lng, reach)))
    if (isFirst) for (const { lat, lng } of spots) for (const cell of matchCellsAround(lat, lng, reach)) cells.add(cell)
    const freshCells = [...cells].filter((cell) => !seenCells.has(cell))
    for (const cell of freshCells) seenCells.add(cell)
    const nearby = add(await readEntriesInCells(db, freshCells, standings))
    const next: PlacedEntry[] = []
    if (isFirst) next.push(...take(nearby.filter((at) => isNearSpot(known[at], spots, reach))))
    isFirst = false
    const zones = [...new Set(queue.map(({ zoneId }) => zoneId))]
    next.push(...take(add(await readEntriesOfZones(db, zones, standings))))
    const words = await readDecisions(db, queue)
    for (const word of words) decisions.set(`${entryKey(word.a)}\n\n${entryKey(word.b)}`, word)
    const named = words.flatMap(({ a, b }) => [a, b]).filter((name) => !inside.has(places.get(entryKey(name)) ?? -1))
    next.push(...take(add(await readEntries(db, named, standings))))
    next.push(...take(surePartners()))
    queue = next
  }
  const order = [...inside, ...[...known.keys()].filter((at) => !inside.has(at))]
  const placeOf = new Map(order.map((at, place) => [at, place]))
  const pairs = finder.pairs.map(({ a, b, score }) => ({ a: placeOf.get(a) ?? 0, b: placeOf.get(b) ?? 0, score }))
  const entries = order.map((at) => known[at])
  return { entries, inside: inside.size, pairs, decisions: [...decisions.values()], isQuiet: false }
}

function eachOnce(entries: readonly PlacedEntry[]): PlacedEntry[] {
  return [...new Map(entries.map((entry) => [entryKey(entry), entry])).values()]
}

function placedEntry(entry: StoredEntry): PlacedEntry | null {
  const facts = entry.standsAlone ? wholeFacts(entry.facts) : null
  return facts === null ? null : { ...entry, facts }
}

type Spot = { readonly lat: number; readonly lng: number }

/** Where changed entries are and were. What is near has perhaps lost a partner, or gained the room for one. */
function spotsOf(touched: readonly Touched[], entries: readonly PlacedEntry[]): readonly Spot[] {
  const befores = touched.flatMap((one) => (one.before === null ? [] : [[entryKey(one), one.before] as const]))
  const changed = new Map(befores)
  const now = entries.filter((entry) => changed.has(entryKey(entry))).map(({ facts }) => facts)
  return [...changed.values(), ...now]
}

function isNearSpot({ facts }: PlacedEntry, spots: readonly Spot[], reach: number): boolean {
  return spots.some(({ lat, lng }) => distance(facts.lat, facts.lng, lat, lng) <= reach)
}

/** Of the touched entries, those that another source may have to do with. */
async function withCompany(
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
  const words = await readDecisions(db, entries)
  if (taken.size === 0 && shared.size === 0 && words.length === 0) return []
  const named = new Set(words.flatMap(({ a, b }) => [entryKey(a), entryKey(b)]))
  const isAnySpotTaken = spots.some((spot) => cellsOf(spot).some((cell) => taken.has(cell)))
  return entries.filter(
    (entry) =>
      isAnySpotTaken ||
      shared.has(entry.zoneId) ||
      named.has(entryKey(entry)) ||
      cellsOf(entry.facts).some((cell) => taken.has(cell)),
  )
}
