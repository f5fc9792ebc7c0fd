import type { PrincipalFigures } from '../principal/principal-bench.ts'
import { numberText, spreadText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

const MAX_EXTRA_MICROS = 20

/** The figures of `bench principal` as a table, with targets. */
export function describePrincipal(figures: readonly PrincipalFigures[]): string {
  const table = toTable(
    ['request', 'CPU ms per request', 'µs more than public'],
    figures.map(({ who, cpuMs, extraMicros }) => [who, spreadText(cpuMs, 4), spreadText(extraMicros, 1)]),
  )
  const targets = figures.slice(1).map(({ who, extraMicros }) => ({
    what: `≤ ${MAX_EXTRA_MICROS} µs CPU more for a principal (${who})`,
    met: extraMicros.median <= MAX_EXTRA_MICROS,
    measured: `${numberText(extraMicros.median, 1)} µs`,
  }))
  return `${table}\n\nThe same text from the same server; what was looked up is kept for half a second.\n\n${targetLines(targets)}`
}
