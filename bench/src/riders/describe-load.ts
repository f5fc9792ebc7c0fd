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
  /** Share of tiles and static reads that a shared cache answers itself; not looked at unless given. */
  readonly hitRatio?: number
}

/** What a run was to reach, and whether it did. */
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
  const what = `tiles and static reads from the shared cache ≥ ${percent(wanted.hitRatio)}`
  const measured = hitRatio === null ? 'none told' : percent(hitRatio)
  return [...targets, { what, met: (hitRatio ?? 0) >= wanted.hitRatio, measured }]
}

/** The report in words and tables, for a terminal and for bench/RESULTS.md. */
export function describeLoad(report: LoadReport): string {
  const head = ['what', 'answers', 'p50 ms', 'p95 ms', 'p99 ms', 'most ms', 'errors']
  const share = report.hitRatio === null ? 'no cache told' : `${(report.hitRatio * 100).toFixed(1)} %`
  const reasons = Object.entries(report.errorsByReason).map(([reason, count]) => `* ${count} × ${reason}`)
  return [
    `${report.riders} riders (${report.profile}) for ${report.seconds} s: ${report.requests} requests, up to ${report.mostStreams} streams, ${report.messages} messages. ${machineLine(report.machine)}`,
    '',
    toTable(head, [
      row('all', report.all, String(report.errors)),
      ...Object.entries(report.kinds).map(([kind, figures]) => row(kind, figures)),
      ...report.steps.map((step) =>
        row(`${step.from.toFixed(0)}–${step.until.toFixed(0)} s`, step, String(step.errors)),
      ),
    ]),
    '',
    `Each rider has an address and a device of its own, so limits are as for riders anywhere; the page of each names ${report.assets} scripts and styles.`,
    `Latency counts from the moment drawn for each request, before the run. Sent later than drawn: p99 ${ms(report.sentLate.p99)} ms.`,
    `Tiles and static reads from the shared cache: ${share}. Processor time of the load itself: ${report.ownCpuSeconds.toFixed(1)} s.`,
    ...reasons,
  ].join('\n')
}
