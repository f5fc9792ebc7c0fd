import type { AuditBenchResult } from '../audit/audit-bench.ts'
import { numberText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

const MIN_PER_SECOND = 200

/** The figures of `bench audit` as a table, with the targets. */
export function describeAudit(result: AuditBenchResult): string {
  const { nodes, writers, perSecond, p50, p95, changes, failed, waiting, entries, lost, isWhole } = result
  const table = toTable(
    ['audited changes', 'writers', 'a second', 'p50 ms', 'p95 ms'],
    [
      [
        `on ${nodes} nodes at once`,
        `${nodes} × ${writers}`,
        numberText(perSecond, 0),
        numberText(p50, 1),
        numberText(p95, 1),
      ],
    ],
  )
  const counted = `${numberText(changes, 0)} changes succeeded and ${numberText(failed, 0)} failed, warm-up included; ${numberText(entries, 0)} entries in the chain. When the last change ended, ${numberText(waiting, 0)} entries waited for the chain.`
  const targets = [
    {
      what: `≥ ${MIN_PER_SECOND} audited changes a second`,
      met: perSecond >= MIN_PER_SECOND,
      measured: numberText(perSecond, 0),
    },
    { what: 'each change has its entry', met: lost === 0, measured: `${numberText(lost, 0)} lost` },
    { what: 'the chain is whole', met: isWhole, measured: isWhole ? 'whole' : 'BROKEN' },
  ]
  return `On a Galera cluster on this machine. Each change creates a token; each node seals every second.\n\n${table}\n\n${counted}\n\n${targetLines(targets)}`
}
