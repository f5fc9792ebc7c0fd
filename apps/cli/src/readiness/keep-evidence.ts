import { relative } from 'node:path'
import { keptFile, makeEvidence, readCommit, systemClock, writeEvidence } from '@kickstand/backend'
import type { FigureValue } from '@kickstand/domain'
import { projectRoot } from '#service.ts'

type Measured = {
  readonly id: string
  readonly command: string
  readonly figures: Readonly<Record<string, FigureValue>>
}

/**
 * Keeps the result of a measurement that takes long in the repository, for the gates of readiness. The measurement began with this
 * process. Returns the file's path.
 */
export function keepEvidence({ id, command, figures }: Measured): string {
  const commit = readCommit(projectRoot).id
  const endedAt = systemClock()
  const startedAt = endedAt - process.uptime() * 1000
  const file = keptFile(projectRoot, id)
  writeEvidence(file, makeEvidence({ id, command, commit, startedAt, endedAt, figures, isRehearsal: false }))
  return relative(projectRoot, file)
}
