import type { PlanBenchResult } from '../plan/plan-bench.ts'
import { numberText, spreadText, targetLines } from './figures.ts'
import { toTable } from './table.ts'

/** The figures of `bench plan` as a table, with the target. */
export function describePlan(result: PlanBenchResult): string {
  const at = `${numberText(result.zones, 0)} zones`
  const table = toTable(
    [`GET /v1/plan, 5 stops, ${at}`, 'measured'],
    [
      ['CPU per plan including the board search and HTTP, ms', spreadText(result.cpuMs, 3)],
      ['plans per CPU-second', spreadText(result.perCpuSecond, 0)],
      ['p50, ms', spreadText(result.p50, 2)],
      ['p95, ms', spreadText(result.p95, 2)],
      ['p99, ms', spreadText(result.p99, 2)],
      ['bytes an answer', numberText(result.bytes, 0)],
    ],
  )
  const measured = `${numberText(result.cpuMs.median, 3)} ms`
  return `${table}\n\n${targetLines([{ what: `≤ 5 ms CPU a plan at ${at}`, met: result.cpuMs.median <= 5, measured }])}`
}
