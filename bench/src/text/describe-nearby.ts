import type { NearbyResult } from '../nearby/nearby-bench.ts'
import { numberText, spreadText, targetLines, type Target } from './figures.ts'
import { toTable } from './table.ts'

/** Formats the figures of `bench nearby` as a table, followed by the targets. */
export function describeNearby({ figures, checked, requests, withCookie }: NearbyResult): string {
  const table = toTable(
    [
      'zones',
      'CPU ms per request',
      'requests per CPU-second',
      '× bare route',
      'p50 ms',
      'p95 ms',
      'p99 ms',
      'p95 × that of smallest',
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
  return `${table}\n\n${numberText(requests, 0)} different requests with 20 results each at each size. ${checked} answers were equal to those of a brute-force search. With the cookies of a rider and of a session, at the largest size: ${spreadText(withCookie.cpuMs, 4)} ms CPU per request, ${spreadText(withCookie.ratio, 3)} × that without cookies.\n\n${targetLines(nearbyTargets(figures, withCookie))}`
}

function nearbyTargets(figures: NearbyResult['figures'], withCookie: NearbyResult['withCookie']): Target[] {
  const largest = figures.findLast((one) => one.zones !== null)
  if (largest === undefined) return []
  const at = `at ${numberText(largest.zones ?? 0, 0)} zones`
  return [
    {
      what: `≤ 0.06 ms CPU per request ${at}`,
      met: largest.cpuMs.median <= 0.06,
      measured: numberText(largest.cpuMs.median, 4),
    },
    {
      what: `p95 ${at} ≤ 2 × that at the smallest size`,
      met: largest.p95ToSmallest.median <= 2,
      measured: numberText(largest.p95ToSmallest.median, 2),
    },
    {
      what: `requests per CPU-second ${at} ≥ 0.3 × those of a bare Fastify route`,
      met: largest.toBare.median >= 0.3,
      measured: numberText(largest.toBare.median, 2),
    },
    {
      what: `CPU with the cookie of a session ≤ 1.05 × that without, ${at}`,
      met: withCookie.ratio.median <= 1.05,
      measured: numberText(withCookie.ratio.median, 3),
    },
  ]
}
