import {
  CONSTANTS,
  createTrust,
  isTrusted,
  outlierProbabilityOf,
  recordEvidence,
  type TrustColumns,
} from '@kickstand/domain'
import { shortDigest } from '#platform/ids.ts'
import { copyInto } from './zone-bytes.ts'
import type { Judgement } from './apply-observation.ts'

/** The trust in each reporter who has been judged; see `TrustColumns`. */
export type Reporters = {
  /** Probability that the next report of a rider is an outlier. */
  outlierProbabilityOf(riderId: string): number
  /** Whether a rider has a good record, so that their network is not considered. */
  isTrusted(riderId: string): boolean
  judge(judgements: readonly Judgement[]): void
  /** Forgets the records of riders by the `shortDigest` of their ids. A rider with the same one starts anew, too. */
  forget(digests: ReadonlySet<number>): void
  clear(): void
  /** Rises with each `forget` and `clear`: what others remember of riders may then be wrong. */
  version(): number
  /** Sets a stored record. */
  put(riderId: string, honest: number, outlier: number): void
}

/** No riders yet: each counts as one without a record. */
export function createReporters(): Reporters {
  const rows = new Map<string, number>()
  /** Rows of riders who were forgotten. */
  const free: number[] = []
  let version = 0
  let trust: TrustColumns = createTrust(1024)

  function rowOf(riderId: string): number {
    const known = rows.get(riderId)
    if (known !== undefined) return known
    const row = free.pop() ?? rows.size
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
      for (const { reporter, honest, known } of judgements) recordEvidence(trust, rowOf(reporter), honest, known)
    },
    version: () => version,
    forget(digests) {
      version += 1
      for (const [riderId, row] of rows) {
        if (!digests.has(shortDigest(riderId))) continue
        rows.delete(riderId)
        free.push(row)
        trust.honest[row] = 0
        trust.outlier[row] = 0
      }
    },
    clear() {
      version += 1
      rows.clear()
      free.length = 0
      trust = createTrust(1024)
    },
    put(riderId, honest, outlier) {
      const row = rowOf(riderId)
      trust.honest[row] = honest
      trust.outlier[row] = outlier
    },
  }
}
