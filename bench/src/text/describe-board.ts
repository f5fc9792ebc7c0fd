import type { BoardResult } from '../board/board-bench.ts'
import { numberText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

const MB = 1e6

/** The figures of `bench board` as a table, with targets. */
export function describeBoard(result: BoardResult): string {
  const megabytes = (bytes: number): string => `${numberText(bytes / MB, 0)} MB`
  const seconds = (value: number): string => `${numberText(value, 1)} s`
  const table = toTable(
    [`${numberText(result.zones, 0)} zones`, 'measured'],
    [
      ['resident memory of a server without zones', megabytes(result.emptyBytes)],
      ['resident memory with all zones', megabytes(result.fullBytes)],
      ['memory of the board (difference)', megabytes(result.boardBytes)],
      ['start to /readyz without zones', seconds(result.emptyStartSeconds)],
      ['cold start to /readyz with all zones', seconds(result.coldStartSeconds)],
      ['rebuild of the index, on its own thread', seconds(result.indexSeconds)],
    ],
  )
  const at = `at ${numberText(result.zones, 0)} zones`
  const targets = targetLines([
    { what: `board ≤ 500 MB ${at}`, met: result.boardBytes <= 500 * MB, measured: megabytes(result.boardBytes) },
    { what: `ready ≤ 20 s ${at}`, met: result.coldStartSeconds <= 20, measured: seconds(result.coldStartSeconds) },
  ])
  return `${table}\n\n${targets}`
}
