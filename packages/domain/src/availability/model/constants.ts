/**
 * Constants of the estimator, the same for all places. Shares are of the capacity, times in minutes unless stated otherwise.
 * eval/RESULTS.md lists the data behind each.
 */
export type Constants = {
  /** e-folding time of the fast deviation (turnover), minutes. */
  readonly tauFast: number
  /** e-folding time of the slow deviation (an unusual week), minutes. */
  readonly tauSlow: number
  /** e-folding time of the learned profile of a zone, days. */
  readonly tauProfileDays: number
  /** Variance of the deviations over q = m(1 − m): `psi` for the part that shrinks with capacity, then fast and slow. */
  readonly psi: number
  readonly thetaFast: number
  readonly thetaSlow: number
  /** Lower bound of q. */
  readonly qFloor: number
  /** sd of an honest count by a rider, of a report of full or empty, of a level, and of a sensor reading. */
  readonly countNoise: number
  readonly limitNoise: number
  readonly levelNoise: number
  readonly readingNoise: number
  /** Probability that a report of an unknown reporter is an outlier, and the same for a sensor reading. */
  readonly outlierProbability: number
  readonly readingOutlierProbability: number
  /** Guard against lock-in: widens the variance while reports disagree (docs/estimation.md §1). */
  readonly guardGain: number
  readonly guardThreshold: number
  readonly guardRate: number
  readonly guardCap: number
  /** Published variance over the variance of the Kalman filter. */
  readonly publishFactor: number
  /** Weight, in observations, of the assumption that a zone varies as much as the others of its prior. */
  readonly scaleStrength: number
}

export const CONSTANTS: Constants = {
  tauFast: 180,
  tauSlow: 5760,
  tauProfileDays: 180,
  psi: 1,
  thetaFast: 0.035,
  thetaSlow: 0.015,
  qFloor: 0.02,
  countNoise: 0.12,
  limitNoise: 0.05,
  levelNoise: 0.2,
  readingNoise: 0.03,
  outlierProbability: 0.15,
  readingOutlierProbability: 0.0005,
  guardGain: 30,
  guardThreshold: 0.4,
  guardRate: 0.15,
  guardCap: 1 / 12,
  publishFactor: 0.9,
  scaleStrength: 12,
}
