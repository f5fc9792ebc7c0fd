import path from 'node:path'
import { readDefinitions } from '../../packages/backend/src/evidence.ts'
import { figureFaults, type Gate } from '../../packages/domain/src/index.ts'
import { ROOT, runScript } from '../steps.ts'
import { FAILURE, NOTHING, type Counts } from '../tests/counts.ts'
import type { LeftEvidence } from './leave-evidence.ts'

const COMMAND = path.join(ROOT, 'apps/cli/src/main.ts')
const ARGS = ['readiness', '--level', 'must', '--kind', 'command,record']
const VIEWS = ['--view', 'phase-6', '--view', 'phase-4']
const LIMIT_SECONDS = 60

/** What `readiness --json` says, as far as it is used here. */
export type JudgedReadiness = {
  readonly commit: string
  readonly areas: readonly { readonly gates: readonly { readonly id: string; readonly status: string }[] }[]
}

/**
 * Prints both plans with what shows each line. Open gates are no failure of the tests. It is one if the command fails, or if it
 * judges evidence that this run has left otherwise than its figures say.
 */
export async function printReadiness(left: LeftEvidence | null): Promise<Counts> {
  const printed = await runScript(COMMAND, [...ARGS, ...VIEWS], { show: 'live' })
  const judged = await runScript(COMMAND, [...ARGS, '--json'])
  console.log(`readiness: ${(printed.seconds + judged.seconds).toFixed(1)} s (at most ${LIMIT_SECONDS})`)
  // Open gates and settings that cannot be read have the same exit code.
  const json = judged.output.split('\n').find((line) => line.startsWith('{'))
  if (json === undefined) {
    console.log(`readiness failed with exit code ${judged.code}:\n${judged.output.trimEnd()}`)
    // A folder that is no commit, such as an unpacked archive, has no evidence to judge.
    return left === null ? NOTHING : FAILURE
  }
  const readiness = JSON.parse(json) as JudgedReadiness
  const faults = left === null ? [] : contradictions(readDefinitions(ROOT).gates, left, readiness)
  for (const fault of faults) console.log(fault)
  return { ...NOTHING, failed: faults.length }
}

/**
 * Gates of the level `must` that readiness judged otherwise than the figures that a run has left, one sentence each. If files
 * have changed since, there is nothing to compare.
 */
export function contradictions(
  gates: readonly Gate[],
  left: LeftEvidence,
  { commit, areas }: JudgedReadiness,
): string[] {
  if (commit !== left.commit) return []
  const judged = new Map(areas.flatMap((area) => area.gates.map(({ id, status }) => [id, status] as const)))
  return gates.flatMap(({ id, level, kind, measurement, expect, notApplicable }) => {
    const figures = measurement === null ? undefined : left.figures[measurement]
    if (figures === undefined || level !== 'must' || kind !== 'command' || notApplicable !== null) return []
    const expected = figureFaults(figures, expect).length === 0 ? 'pass' : 'fail'
    const status = judged.get(id) ?? 'missing'
    if (status === expected || (expected === 'fail' && status === 'waived')) return []
    return [`readiness says ${status} of the gate ${id}; expected ${expected} by the figures of this run`]
  })
}
