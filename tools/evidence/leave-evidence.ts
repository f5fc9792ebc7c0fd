import { evidenceFile, makeEvidence, readCommit, writeEvidence } from '../../packages/backend/src/evidence.ts'
import type { Figures } from './suite-figures.ts'

/** The figures of a run by measurement, and the commit that they are of. */
export type LeftEvidence = { readonly commit: string; readonly figures: Readonly<Record<string, Figures>> }

/** Writes the evidence of the measurements of a run; null if it cannot be said of which commit it is. */
export type LeaveEvidence = (figures: Readonly<Record<string, Figures>>) => LeftEvidence | null

/**
 * Begins a run of a suite. Files that change until its end, or a folder that is no commit, leave no evidence: a line says why.
 * `command`: what a person types to run it. `clock`: epoch milliseconds.
 */
export function beginEvidence(root: string, command: string, clock: () => number = Date.now): LeaveEvidence {
  const startedAt = clock()
  const before = commitOf(root)
  return (figures) => {
    if (before === null) return null
    const commit = commitOf(root)
    if (commit !== before) {
      console.log('no evidence for readiness: files changed during the run')
      return null
    }
    const run = { command, commit, startedAt, endedAt: clock(), isRehearsal: false }
    for (const [id, own] of Object.entries(figures))
      writeEvidence(evidenceFile(root, commit, id), makeEvidence({ ...run, id, figures: own }))
    return { commit, figures }
  }
}

function commitOf(root: string): string | null {
  try {
    return readCommit(root).id
  } catch (error) {
    console.log(`no evidence for readiness: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}
