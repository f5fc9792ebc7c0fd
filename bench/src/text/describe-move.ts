import type { MoveBenchResult, MoveLeg } from '../move/move-bench.ts'
import { numberText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

/** The figures of `bench move` as a table and what they are held against. */
export function describeMove({ zones, reports, there, back, same, memory }: MoveBenchResult): string {
  const table = toTable(
    [
      `${numberText(zones, 0)} zones, ${numberText(reports, 0)} reports`,
      'rows',
      'copy, s',
      'compare, s',
      'CPU, s',
      'rows/s',
    ],
    [row('file → server', there), row('server → file', back)],
  )
  const equal = there.equal && back.equal && same
  const targets = [
    { what: 'equal checksums there and back', met: equal, measured: equal ? 'equal, table by table' : 'NOT EQUAL' },
  ]
  return `${table}\n\nMemory of the moving process at its peak, the filling included: ${numberText(memory / 2 ** 20, 0)} MiB. CPU is of the moving process.\n\n${targetLines(targets)}`
}

function row(name: string, { rows, copyTook, checkTook, cpu }: MoveLeg): string[] {
  const seconds = (milliseconds: number): string => numberText(milliseconds / 1000, 0)
  return [
    name,
    numberText(rows, 0),
    seconds(copyTook),
    seconds(checkTook),
    seconds(cpu),
    numberText((rows / copyTook) * 1000, 0),
  ]
}
