import { matchCell, matchCellsAround } from './match-cell.ts'
import { compareTexts, type MatchEntry } from './match-entry.ts'
import { MIN_DOUBTFUL_SCORE, maxPairDistance, scorePair, toCandidate, type Candidate } from './score-pair.ts'

/** Two entries, by their indices in the list, that are or may be the same place. */
export type ScoredPair = { readonly a: number; readonly b: number; readonly score: number }

/** Finds pairs in a growing list. Each pair is scored once, when both entries are there and at least one is selected. */
export type PairFinder = {
  /** Appends an entry to the list and returns its index. */
  add(entry: MatchEntry, isSelected: boolean): number
  /** Selects an entry: its pairs with all present and later entries are scored. */
  select(at: number): void
  /** All pairs found so far, in the order of discovery. */
  readonly pairs: readonly ScoredPair[]
}

/**
 * Finds pairs of entries of different sources that are at least doubtful, at most `reach` metres apart. Simulated entries are never
 * paired with real ones.
 */
export function createPairFinder(reach: number): PairFinder {
  const candidates: Candidate[] = []
  const selected: boolean[] = []
  const byCell = new Map<number, number[]>()
  const pairs: ScoredPair[] = []

  function compare(at: number, isWanted: (other: number) => boolean): void {
    const { entry } = candidates[at]
    for (const cell of matchCellsAround(entry.facts.lat, entry.facts.lng, reach)) {
      for (const other of byCell.get(cell) ?? []) {
        if (other === at || !isWanted(other)) continue
        const score = scoreInOrder(candidates[at], candidates[other])
        if (score !== null && score >= MIN_DOUBTFUL_SCORE) pairs.push({ a: at, b: other, score })
      }
    }
  }

  return {
    pairs,
    add(entry, isSelected) {
      const at = candidates.length
      candidates.push(toCandidate(entry))
      selected.push(isSelected)
      compare(at, (other) => isSelected || selected[other])
      const cell = matchCell(entry.facts.lat, entry.facts.lng)
      const there = byCell.get(cell)
      if (there === undefined) byCell.set(cell, [at])
      else there.push(at)
      return at
    },
    select(at) {
      if (selected[at]) return
      compare(at, (other) => !selected[other])
      selected[at] = true
    },
  }
}

/** All pairs of entries of different sources that are at least doubtful. */
export function findPairs(entries: readonly MatchEntry[]): readonly ScoredPair[] {
  const maxDistance = entries.reduce((max, entry) => Math.max(max, entry.matchDistance), 0)
  const finder = createPairFinder(maxPairDistance(maxDistance))
  for (const entry of entries) finder.add(entry, true)
  return finder.pairs
}

/** Scores in a fixed order, so that rounding does not depend on the order of the list. */
function scoreInOrder(a: Candidate, b: Candidate): number | null {
  if (a.entry.source === b.entry.source || a.entry.simulated !== b.entry.simulated) return null
  return compareTexts(a.entry.source, b.entry.source) < 0 ? scorePair(a, b) : scorePair(b, a)
}
