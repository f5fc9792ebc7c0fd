import os from 'node:os'
import type { Evidence, FigureValue } from '@kickstand/domain'

/** Times in epoch milliseconds. */
export type MeasuredRun = {
  readonly id: string
  readonly command: string
  readonly commit: string
  readonly startedAt: number
  readonly endedAt: number
  readonly figures: Readonly<Record<string, FigureValue>>
  readonly isRehearsal: boolean
}

/** The evidence of a measurement that ran on this machine. */
export function makeEvidence({ id, command, commit, startedAt, endedAt, figures, isRehearsal }: MeasuredRun): Evidence {
  const [cpu] = os.cpus()
  return {
    measurement: id,
    commit,
    measuredAt: endedAt,
    seconds: Math.round((endedAt - startedAt) / 100) / 10,
    command,
    machine: `${os.cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
    origin: isRehearsal ? 'rehearsal' : 'measured',
    figures,
  }
}
