import { matchCell, matchCellsAround } from './match-cell.ts'
import { compareTexts, type MatchEntry } from './match-entry.ts'
import { DOUBTFUL_FROM, reachOf, scorePair } from './score-pair.ts'

/** Two entries, by their places in the list, that are one place or may be. */
export type ScoredPair = { readonly a: number; readonly b: number; readonly score: number }

/**
 * All pairs of entries of different sources that are at least doubtful; of those only the ones with an end that is asked for. A simulated
 * place is never a real one.
 */
export function findPairs(
  entries: readonly MatchEntry[],
  isAsked: (entry: MatchEntry) => boolean = () => true,
): ScoredPair[] {
  const byCell = new Map<number, number[]>()
  for (const [i, { facts }] of entries.entries()) {
    const cell = matchCell(facts.lat, facts.lng)
    const there = byCell.get(cell)
    if (there === undefined) byCell.set(cell, [i])
    else there.push(i)
  }
  const widest = entries.reduce((most, entry) => Math.max(most, entry.matchDistance), 0)
  const pairs: ScoredPair[] = []
  const asked = entries.map(isAsked)
  for (const [a, entry] of entries.entries()) {
    if (!asked[a]) continue
    for (const cell of matchCellsAround(entry.facts.lat, entry.facts.lng, reachOf(widest))) {
      for (const b of byCell.get(cell) ?? []) {
        const other = entries[b]
        if ((asked[b] && b <= a) || other.source === entry.source || other.simulated !== entry.simulated) continue
        const score = scoreInOrder(entry, other)
        if (score !== null && score >= DOUBTFUL_FROM) pairs.push({ a, b, score })
      }
    }
  }
  return pairs
}

/** Always from the same side, so that the last bit does not depend on the order of a list. */
function scoreInOrder(a: MatchEntry, b: MatchEntry): number | null {
  return compareTexts(a.source, b.source) < 0 ? scorePair(a, b) : scorePair(b, a)
}
