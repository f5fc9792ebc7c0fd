import type { MatchingResult } from '../matching/matching-bench.ts'
import { numberText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

/** The figures of `bench matching` as a table, with targets. */
export function describeMatching(result: MatchingResult): string {
  const { joined, correct, zonesOnMap, matchSeconds, firstImportSeconds, secondImportSeconds, repeatSeconds } = result
  const count = (figure: number): string => numberText(figure, 0)
  const seconds = (figure: number): string => numberText(figure, 1)
  const zones = count(result.zones)
  const table = toTable(
    [`${zones} zones against nine tenths of them`, 'CPU, s', 'peak memory, MB', 'outcome'],
    [
      ['import of the first list', seconds(firstImportSeconds), count(result.firstMegabytes), `${zones} zones`],
      ['import of the second, with matching', seconds(secondImportSeconds), '', `${count(zonesOnMap)} zones`],
      [
        'import of the second again, unchanged',
        seconds(repeatSeconds),
        count(result.peakMegabytes),
        `${count(zonesOnMap)} zones`,
      ],
      ['matching alone', seconds(matchSeconds), '', `${count(joined)} joined, ${count(correct)} of them correctly`],
    ],
  )
  const slower = Math.max(firstImportSeconds, secondImportSeconds)
  const targets = targetLines([
    { what: `import of ${zones} zones ≤ 20 s`, met: slower <= 20, measured: `${seconds(slower)} s` },
    {
      what: 'memory ≤ 400 MB, of the whole process over all imports',
      met: result.peakMegabytes <= 400,
      measured: `${count(result.peakMegabytes)} MB`,
    },
    {
      what: `matching ${zones} against ${zones} ≤ 10 s`,
      met: matchSeconds <= 10,
      measured: `${seconds(matchSeconds)} s`,
    },
  ])
  return `${table}\n\n${targets}`
}
