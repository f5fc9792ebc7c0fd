import { readFileSync } from 'node:fs'
import { machineLine, describeMachine } from '../../bench/src/measure/machine.ts'
import { toTable } from '../../bench/src/text/table.ts'
import type { Outcome } from '../../ops/faults/outcome.ts'

/** The measurements of the fault suite, from Vitest's JSON report. Failed tests have none. */
export function outcomesOf(report: string): Outcome[] {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: readonly { assertionResults: readonly { status: string; meta: { outcome?: Outcome } }[] }[]
  }
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .flatMap(({ status, meta: { outcome } }) => (status === 'passed' && outcome !== undefined ? [outcome] : []))
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1)

function reasons(bad: Readonly<Record<string, number>>): string {
  const named = Object.entries(bad).map(([why, count]) => `${count} × ${why}`)
  return named.length === 0 ? 'none' : named.join(', ')
}

/** A table with one row per fault. */
export function outcomeTable(outcomes: readonly Outcome[]): string {
  const head = [
    'fault',
    'on',
    'lasted s',
    'reports',
    'failed attempts',
    'longest gap of reports s',
    'reads',
    'failed reads',
    'longest gap of reads s',
    'streams reopened',
    'servers agree after s',
    'streams after s',
  ]
  const rows = outcomes.map(({ fault, engine, lastedMs, reports, writes, reads, streams, ...after }) => [
    fault,
    engine,
    seconds(lastedMs),
    reports.toLocaleString('en'),
    reasons(writes.bad),
    seconds(writes.longestGapMs),
    reads.good.toLocaleString('en'),
    reasons(reads.bad),
    seconds(reads.longestGapMs),
    `${streams.opened - streams.held} of ${streams.held}`,
    seconds(after.serversAgreeMs),
    seconds(after.streamsAgreeMs),
  ])
  return toTable(head, rows)
}

/** The text of docs/operating/faults.md. */
export function faultsPage(outcomes: readonly Outcome[], now: Date): string {
  return `# Faults, measured

Written by \`npm run test:faults -- --write\`, ${now.toISOString().slice(0, 10)}, ${machineLine(describeMachine())}; do not edit by hand. Phones,
readers and streams run during each fault, all on this machine: through the CDN and the load balancer, or directly to the
servers for faults of disks, clocks and cables. The run fails unless every report was answered 2xx in the end and is in the
database once, under the id that the phone received; the boards of all servers have identical figures for each zone and as many
reports as the database; and every stream received the last state of every zone.

${outcomeTable(outcomes)}

* **lasted**: from the start of the fault until the failed part is restored and healthy.
* **failed attempts**: a phone retries a report with the same key until it is accepted; a 503 says when to retry.
* **longest gap**: the longest time without a single success for all riders.
* **agree after**: from the end of the fault until all servers, and all streams, include every report.
`
}
