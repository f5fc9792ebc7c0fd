import { matchCell, matchCellsAround } from './match-cell.ts'
import { compareTexts, type MatchEntry } from './match-entry.ts'
import { DOUBTFUL_FROM, reachOf, scorePair, toCandidate, type Candidate } from './score-pair.ts'

/** Two entries, by their places in the list, that are one place or may be. */
export type ScoredPair = { readonly a: number; readonly b: number; readonly score: number }

/** Pairs of a list that grows: each is looked at once, when both of its entries are there and one of them is asked for. */
export type PairFinder = {
  /** Puts an entry at the end of the list and returns its place. */
  add(entry: MatchEntry, isAsked: boolean): number
  /** Asks for the pairs of an entry too, those with entries to come as well. */
  ask(at: number): void
  /** All pairs found so far, in the order that they were found in. */
  readonly pairs: readonly ScoredPair[]
}

/**
 * Finds pairs of entries of different sources that are at least doubtful, no further apart than `reach` metres. A simulated place is
 * never a real one.
 */
export function createPairFinder(reach: number): PairFinder {
  const candidates: Candidate[] = []
  const asked: boolean[] = []
  const byCell = new Map<number, number[]>()
  const pairs: ScoredPair[] = []

  function look(at: number, isWanted: (other: number) => boolean): void {
    const { entry } = candidates[at]
    for (const cell of matchCellsAround(entry.facts.lat, entry.facts.lng, reach)) {
      for (const other of byCell.get(cell) ?? []) {
        if (other === at || !isWanted(other)) continue
        const score = scoreInOrder(candidates[at], candidates[other])
        if (score !== null && score >= DOUBTFUL_FROM) pairs.push({ a: at, b: other, score })
      }
    }
  }

  return {
    pairs,
    add(entry, isAsked) {
      const at = candidates.length
      candidates.push(toCandidate(entry))
      asked.push(isAsked)
      look(at, (other) => isAsked || asked[other])
      const cell = matchCell(entry.facts.lat, entry.facts.lng)
      const there = byCell.get(cell)
      if (there === undefined) byCell.set(cell, [at])
      else there.push(at)
      return at
    },
    ask(at) {
      if (asked[at]) return
      look(at, (other) => !asked[other])
      asked[at] = true
    },
  }
}

/** All pairs of entries of different sources that are at least doubtful. */
export function findPairs(entries: readonly MatchEntry[]): readonly ScoredPair[] {
  const widest = entries.reduce((most, entry) => Math.max(most, entry.matchDistance), 0)
  const finder = createPairFinder(reachOf(widest))
  for (const entry of entries) finder.add(entry, true)
  return finder.pairs
}

/** Always from the same side, so that the last bit does not depend on the order of a list. */
function scoreInOrder(a: Candidate, b: Candidate): number | null {
  if (a.entry.source === b.entry.source || a.entry.simulated !== b.entry.simulated) return null
  return compareTexts(a.entry.source, b.entry.source) < 0 ? scorePair(a, b) : scorePair(b, a)
}
