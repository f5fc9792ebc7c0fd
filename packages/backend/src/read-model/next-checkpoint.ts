import { createState, encodeZone, priorOfZone, scoreReport, type EstimatorState, type Score } from '@kickstand/domain'
import { applyAndJudge, startFrom, type Checkpoint, type Judgement } from './apply-observation.ts'
import type { NextCheckpoint } from './estimate-types.ts'
import type { RowClocks } from './row-clocks.ts'
import type { RowPriors } from './row-priors.ts'
import { hasUpTo, type ZoneLog } from './zone-log.ts'

const MINUTE = 60_000

/** Computes the checkpoint of a row at `cutAt` from the one before, its log and a prior; null where nothing is new. */
export type ComputeCheckpoint = (
  row: number,
  capacity: number | null,
  cutAt: number,
  prior: number,
  log: ZoneLog,
  before: Checkpoint | null,
) => Omit<NextCheckpoint, 'before'> | null

/** Makes the function. It computes in one scratch row, so that it allocates little. */
export function createNextCheckpoints(clocks: RowClocks, priors: RowPriors): ComputeCheckpoint {
  /** One row to compute in. */
  const scratch: EstimatorState = { ...createState(1, []), priors: priors.priors }

  return (row, capacity, cutAt, prior, log, before) => {
    if (!hasUpTo(log, cutAt)) return null
    const hourOf = (minute: number): number => clocks.hourOfWeek(row, minute)
    const judgements: Judgement[] = []
    const scores: Score[] = []
    scratch.columns.prior[0] = prior
    startFrom(scratch, 0, before, capacity)
    for (let i = log.first; i < log.counted.length && log.counted[i].eventOrder <= cutAt; i += 1) {
      const seen = log.counted[i]
      const score = scoreReport(scratch, 0, capacity, seen, hourOf(seen.at / MINUTE))
      if (score !== null) scores.push(score)
      const judgement = applyAndJudge(scratch, 0, seen, hourOf)
      if (judgement !== null) judgements.push(judgement)
    }
    priors.move(scratch, 0, prior)
    const checkpoint = { cutAt, capacity, state: encodeZone(scratch, 0) }
    return { checkpoint, prior: priorOfZone(checkpoint.state), judgements, scores }
  }
}
