import { rmSync } from 'node:fs'
import type { FigureValue, Gate } from '@kickstand/domain'
import { evidenceFile, keptFile, writeEvidence } from '#features/launch/evidence-files.ts'
import { makeEvidence } from '#features/launch/make-evidence.ts'
import { readCommit } from '#features/launch/read-commit.ts'
import type { Definitions } from '#features/launch/read-definitions.ts'

type Figures = Readonly<Record<string, FigureValue>>

/**
 * Figures with which all gates of a measurement pass, and barely: the bounds themselves. They stand in for a run of the suites, which
 * would take an hour for each sabotage; what is tested here is that gates notice, not the suites.
 */
export function healthyFigures(gates: readonly Gate[], measurement: string): Figures {
  const expectations = gates.filter((gate) => gate.measurement === measurement).flatMap(({ expect }) => expect)
  const figures: Record<string, FigureValue> = {}
  for (const { figure, equals, atLeast, atMost } of expectations) {
    const known = figures[figure]
    const value = equals ?? atLeast ?? atMost ?? 0
    figures[figure] =
      typeof known === 'number' && typeof value === 'number' && atLeast !== undefined ? Math.max(known, value) : value
  }
  return figures
}

/**
 * Writes evidence of every suite and long measurement for the present files of a copy, as its CI would have done.
 * `changed`: figures that a suite would have found instead. `now`: epoch milliseconds.
 */
export function writeSuites(
  root: string,
  { gates, measurements }: Definitions,
  now: number,
  changed: ReadonlyMap<string, Figures> = new Map(),
): void {
  const commit = readCommit(root).id
  for (const { id, source, command } of measurements) {
    if (source !== 'suite' && source !== 'long') continue
    const figures = { ...healthyFigures(gates, id), ...changed.get(id) }
    const run = { id, command, commit, startedAt: now, endedAt: now, figures, isRehearsal: true }
    rmSync(keptFile(root, id), { force: true })
    writeEvidence(evidenceFile(root, commit, id), makeEvidence(run))
  }
}

/** The evidence of this machine at the present files, by measurement. */
export function fileOf(root: string, measurement: string): string {
  return evidenceFile(root, readCommit(root).id, measurement)
}
