import type { NearbyResult } from '../nearby/nearby-bench.ts'
import { numberText, spreadText, targetLines, type Target } from './figures.ts'
import { toTable } from './table.ts'

/** The figures of `bench nearby` as a table, with targets. */
export function describeNearby({ figures, checked, requests, withCookie }: NearbyResult): string {
  const table = toTable(
    [
      'zones',
      'CPU ms a request',
      'requests a CPU-second',
      '× bare',
      'p50 ms',
      'p95 ms',
      'p99 ms',
      'p95 × smallest',
      'bytes',
    ],
    figures.map((one) => [
      one.zones === null ? 'bare Fastify route' : numberText(one.zones, 0),
      spreadText(one.cpuMs, 4),
      spreadText(one.perCpuSecond, 0),
      spreadText(one.toBare, 2),
      spreadText(one.p50, 2),
      spreadText(one.p95, 2),
      spreadText(one.p99, 2),
      one.zones === null ? '' : spreadText(one.p95ToSmallest, 2),
      numberText(one.bytes, 0),
    ]),
  )
  return `${table}\n\n${numberText(requests, 0)} different requests of 20 results at each size; ${checked} answers equal brute force. With the cookies of a rider and of a session at the largest size: ${spreadText(withCookie.cpuMs, 4)} ms CPU a request, ${spreadText(withCookie.ratio, 3)} × without.\n\n${targetLines(nearbyTargets(figures, withCookie))}`
}

function nearbyTargets(figures: NearbyResult['figures'], withCookie: NearbyResult['withCookie']): Target[] {
  const largest = figures.findLast((one) => one.zones !== null)
  if (largest === undefined) return []
  const at = `at ${numberText(largest.zones ?? 0, 0)} zones`
  return [
    {
      what: `≤ 0.06 ms CPU a request ${at}`,
      met: largest.cpuMs.median <= 0.06,
      measured: numberText(largest.cpuMs.median, 4),
    },
    {
      what: `p95 ≤ 2 × its own at the smallest size, ${at}`,
      met: largest.p95ToSmallest.median <= 2,
      measured: numberText(largest.p95ToSmallest.median, 2),
    },
    {
      what: `≥ 0.3 × the requests a CPU-second of a bare Fastify route, ${at}`,
      met: largest.toBare.median >= 0.3,
      measured: numberText(largest.toBare.median, 2),
    },
    {
      what: `≤ 1.05 × the CPU with the cookie of a session, ${at}`,
      met: withCookie.ratio.median <= 1.05,
      measured: numberText(withCookie.ratio.median, 3),
    },
  ]
}
