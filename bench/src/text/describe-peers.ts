import type { PeersResult } from '../peers/peers-bench.ts'
import { numberText, spreadText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

/** How many times the requests a CPU-second of each peer are asked for, by its name in the table. */
const GOALS: readonly (readonly [name: string, times: number])[] = [
  ['Redis GEOSEARCH + MGET', 30],
  ['PostGIS KNN', 5],
  ['MariaDB SPATIAL', 10],
]

/** The figures of `bench peers` as a table and the targets they are held against. */
export function describePeers({ figures, zones, sample }: PeersResult): string {
  const table = toTable(
    [
      `${numberText(zones, 0)} zones`,
      'CPU ms a request',
      'Kickstand ×',
      'p50 ms',
      'p95 ms',
      'bytes',
      'right ids',
      'left out',
    ],
    figures.map((one, i) => [
      one.name,
      spreadText(one.cpuMs, 3),
      i === 0 ? '' : spreadText(one.behind, 1),
      spreadText(one.p50, 2),
      spreadText(one.p95, 2),
      numberText(one.bytes, 0),
      `${numberText(one.right * 100, 1)} %`,
      numberText(one.leftOut, 0),
    ]),
  )
  const targets = GOALS.flatMap(([name, times]) => {
    const peer = figures.find((one) => one.name === name)
    if (peer === undefined) return []
    const measured = numberText(peer.behind.median, 1)
    return [{ what: `≥ ${times} × the requests a CPU-second of ${name}`, met: peer.behind.median >= times, measured }]
  })
  return `${table}

The same question, the same answer, on one app server each; CPU is that of all processes, the store's included. "Right ids"
are answers with the zones that brute force on the sphere finds, of ${sample} sampled; "left out" are zones that the store
cannot hold (Redis takes no place beyond 85°). "Growing circles" asks with a small radius first, which no manual asks for.

${targetLines(targets)}`
}
