import { machineLine } from '../measure/machine.ts'
import type { Target } from '../text/figures.ts'
import { toTable } from '../text/table.ts'
import type { LoadReport } from './run-load.ts'
import type { Percentiles } from './tally.ts'

const ms = (value: number): string => value.toFixed(1)

function row(name: string, { count, p50, p95, p99, max }: Percentiles, errors = ''): string[] {
  return [name, count.toLocaleString('en'), ms(p50), ms(p95), ms(p99), ms(max), errors]
}

export type LoadThresholds = {
  /** Milliseconds. */
  readonly p95: number
  /** Share of requests that may fail. */
  readonly errors: number
  /** Share of tiles and static requests served by a shared cache; not checked unless given. */
  readonly hitRatio?: number
}

/** The targets of a run, and whether they were met. */
export function judgeLoad({ all, errors, requests, hitRatio }: LoadReport, wanted: LoadThresholds): Target[] {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  const targets = [
    { what: `p95 ≤ ${wanted.p95} ms`, met: all.p95 <= wanted.p95, measured: `${ms(all.p95)} ms` },
    {
      what: wanted.errors === 0 ? 'no error' : `errors ≤ ${percent(wanted.errors)}`,
      met: errors <= wanted.errors * requests,
      measured: `${errors} of ${requests}`,
    },
  ]
  if (wanted.hitRatio === undefined) return targets
  const what = `tiles and static requests served by the shared cache ≥ ${percent(wanted.hitRatio)}`
  const measured = hitRatio === null ? 'no cache headers' : percent(hitRatio)
  return [...targets, { what, met: (hitRatio ?? 0) >= wanted.hitRatio, measured }]
}

/** The report as text with tables, for a terminal and for bench/RESULTS.md. */
export function describeLoad(report: LoadReport): string {
  const head = ['what', 'answers', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'errors']
  const share = report.hitRatio === null ? 'no cache headers' : `${(report.hitRatio * 100).toFixed(1)} %`
  const reasons = Object.entries(report.errorsByReason).map(([reason, count]) => `* ${count} × ${reason}`)
  return [
    `${report.riders} riders (${report.profile}) for ${report.seconds} s: ${report.requests} requests, up to ${report.maxStreams} streams, ${report.messages} messages. ${machineLine(report.machine)}`,
    '',
    toTable(head, [
      row('all', report.all, String(report.errors)),
      ...Object.entries(report.kinds).map(([kind, figures]) => row(kind, figures)),
      ...report.steps.map((step) =>
        row(`${step.from.toFixed(0)}–${step.until.toFixed(0)} s`, step, String(step.errors)),
      ),
    ]),
    '',
    `Each rider has their own address and device, so limits apply as in production; the page loads ${report.assets} scripts and styles.`,
    `Latency counts from the scheduled time of each request. Delay of sending after the scheduled time: p99 ${ms(report.sentLate.p99)} ms.`,
    `Tiles and static requests served by the shared cache: ${share}. CPU time of the load process: ${report.ownCpuSeconds.toFixed(1)} s.`,
    ...reasons,
  ].join('\n')
}
