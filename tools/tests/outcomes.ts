import { readFileSync } from 'node:fs'
import { machineLine, describeMachine } from '../../bench/src/measure/machine.ts'
import { toTable } from '../../bench/src/text/table.ts'
import type { Outcome } from '../../ops/faults/outcome.ts'

/** What the fault suite has measured, out of Vitest's JSON report; tests that failed have nothing to tell. */
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

/** One row a fault. */
export function outcomeTable(outcomes: readonly Outcome[]): string {
  const head = [
    'fault',
    'on',
    'lasted s',
    'reports',
    'tries turned away',
    'longest without a report s',
    'reads',
    'turned away',
    'longest without a read s',
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
readers and streams go on while it happens, all on this machine: through the CDN and the balancer, or, where disks, clocks and
cables are what fails, straight to the servers, which nobody then takes out. Every report was answered 2xx in the end and is
in the database once, under the id that the phone was told; the boards of all servers tell the same of each zone, to the last
digit, and of as many reports as the database holds; every stream was told the last state of every zone. Where
any of this is not so, the run fails.

${outcomeTable(outcomes)}

* **lasted**: from the first blow until what was taken away is back and well.
* **turned away**: a phone sends a report again, with its key, until it is taken; 503 says when to come again.
* **longest without**: how long riders notice it, all of them together.
* **agree after**: from the end of the fault until every server, and every stream, tells of every report.
`
}
