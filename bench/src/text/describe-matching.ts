import type { MatchingResult } from '../matching/matching-bench.ts'

/** What joining two lists of places costs, as text. */
export function describeMatching(result: MatchingResult): string {
  const { zones, joined, right } = result
  const second = (figure: number): string => `${figure.toFixed(1)} s`
  return [
    `${zones} zones against nine tenths of them   ${second(result.matchSeconds)} of processor time; ${joined} joined, ${right} of them rightly`,
    `imported, the first list                  ${second(result.firstImportSeconds)}`,
    `imported, the second, and joined          ${second(result.secondImportSeconds)}; ${result.zonesOnMap} zones`,
    `the second again, nothing new             ${second(result.againSeconds)}`,
    `memory at most, of the whole process      ${result.peakMegabytes} MB`,
  ].join('\n')
}
