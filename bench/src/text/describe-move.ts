import type { MoveBenchResult, MoveLeg } from '../move/move-bench.ts'
import { numberText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

/** The figures of `bench move` as a table, with targets. */
export function describeMove({ zones, reports, toServer, toFile, checksumsEqual, memory }: MoveBenchResult): string {
  const table = toTable(
    [
      `${numberText(zones, 0)} zones, ${numberText(reports, 0)} reports`,
      'rows',
      'copy, s',
      'compare, s',
      'CPU, s',
      'rows/s',
    ],
    [row('file → server', toServer), row('server → file', toFile)],
  )
  const equal = toServer.equal && toFile.equal && checksumsEqual
  const targets = [
    { what: 'equal checksums after both moves', met: equal, measured: equal ? 'equal, table by table' : 'NOT EQUAL' },
  ]
  return `${table}\n\nPeak memory of the moving process, including filling the database: ${numberText(memory / 2 ** 20, 0)} MiB. CPU is that of the moving process.\n\n${targetLines(targets)}`
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
