import type { ReadingsResult } from '../readings/readings-bench.ts'
import { numberText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

const NAMES = { sqlite: 'SQLite', mariadb: 'MariaDB' } as const
const MIN_PER_SECOND = 5000

/** The figures of `bench readings` as a table, with the target. */
export function describeReadings(result: ReadingsResult): string {
  const { engine, zones, batch, perSecond, cpuMs, p50, p95, answered, stored } = result
  const table = toTable(
    ['readings', 'zones', 'a second', 'CPU ms for 1,000', 'p50 ms', 'p95 ms'],
    [
      [
        `in batches of ${numberText(batch, 0)}`,
        numberText(zones, 0),
        numberText(perSecond, 0),
        numberText(cpuMs, 1),
        numberText(p50, 1),
        numberText(p95, 1),
      ],
    ],
  )
  const counted = `${numberText(answered, 0)} readings accepted, ${numberText(stored, 0)} rows stored (warm-up included).`
  const target = {
    what: `≥ ${numberText(MIN_PER_SECOND, 0)} readings a second`,
    met: perSecond >= MIN_PER_SECOND,
    measured: numberText(perSecond, 0),
  }
  return `On ${NAMES[engine]}, durable before the response, each a change of its zone.\n\n${table}\n\n${counted}\n\n${targetLines([target])}`
}
