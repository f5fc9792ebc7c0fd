import { CONSTANTS, createTrust, isTrusted, judge, outlierProbabilityOf, type TrustColumns } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'
import type { Judgement } from './apply-observation.ts'

/** What is known of each reporter who has been judged; see `TrustColumns`. */
export type Reporters = {
  /** Probability that the next report of a rider is an outlier. */
  outlierProbabilityOf(riderId: string): number
  /** Whether a rider's record is good enough for his network not to matter. */
  isTrusted(riderId: string): boolean
  judge(judgements: readonly Judgement[]): void
  /** Takes a stored record. */
  put(riderId: string, honest: number, outlier: number): void
}

export function createReporters(): Reporters {
  const rows = new Map<string, number>()
  let trust: TrustColumns = createTrust(1024)

  function rowOf(riderId: string): number {
    const known = rows.get(riderId)
    if (known !== undefined) return known
    const row = rows.size
    rows.set(riderId, row)
    if (row >= trust.honest.length) {
      const larger = createTrust(row * 2)
      copyInto(larger.honest, trust.honest)
      copyInto(larger.outlier, trust.outlier)
      trust = larger
    }
    return row
  }

  return {
    outlierProbabilityOf(riderId) {
      const row = rows.get(riderId)
      return row === undefined
        ? CONSTANTS.outlierProbability
        : outlierProbabilityOf(trust, row, CONSTANTS.outlierProbability)
    },
    isTrusted(riderId) {
      const row = rows.get(riderId)
      return row !== undefined && isTrusted(trust, row)
    },
    judge(judgements) {
      for (const { reporter, honest, known } of judgements) judge(trust, rowOf(reporter), honest, known)
    },
    put(riderId, honest, outlier) {
      const row = rowOf(riderId)
      trust.honest[row] = honest
      trust.outlier[row] = outlier
    },
  }
}
