import type { PeersResult } from '../peers/peers-bench.ts'
import { numberText, spreadText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

/** Goals by the peer's name in the table: the ratio of requests per CPU second. */
const GOALS: readonly (readonly [name: string, times: number])[] = [
  ['Redis GEOSEARCH + MGET', 30],
  ['PostGIS KNN', 5],
  ['MariaDB SPATIAL', 10],
]

/** The figures of `bench peers` as a table, with targets. */
export function describePeers({ figures, zones, sample }: PeersResult): string {
  const table = toTable(
    [
      `${numberText(zones, 0)} zones`,
      'CPU ms per request',
      'Kickstand ×',
      'p50 ms',
      'p95 ms',
      'bytes',
      'correct ids',
      'left out',
    ],
    figures.map((one, i) => [
      one.name,
      spreadText(one.cpuMs, 3),
      i === 0 ? '' : spreadText(one.kickstandRatio, 1),
      spreadText(one.p50, 2),
      spreadText(one.p95, 2),
      numberText(one.bytes, 0),
      `${numberText(one.correctShare * 100, 1)} %`,
      numberText(one.leftOut, 0),
    ]),
  )
  const targets = GOALS.flatMap(([name, times]) => {
    const peer = figures.find((one) => one.name === name)
    if (peer === undefined) return []
    const measured = numberText(peer.kickstandRatio.median, 1)
    return [
      {
        what: `≥ ${times} × the requests per CPU-second of ${name}`,
        met: peer.kickstandRatio.median >= times,
        measured,
      },
    ]
  })
  return `${table}

The same request and response, on one app server each; CPU is that of all processes, including the store. "Correct ids" are
responses with the same zones as brute force on the sphere, of ${sample} sampled; "left out" are zones that the store cannot hold
(Redis rejects positions beyond 85°). "Growing circles" queries a small radius first, which no manual suggests.

${targetLines(targets)}`
}
