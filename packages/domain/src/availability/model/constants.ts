/**
 * Constants of the estimator. Shares are of the capacity, times in minutes unless said otherwise. The same for all places:
 * eval/RESULTS.md says what each rests on.
 */
export type Constants = {
  /** e-folding time of the fast deviation (turnover), minutes. */
  readonly tauFast: number
  /** e-folding time of the slow deviation (an unusual week), minutes. */
  readonly tauSlow: number
  /** e-folding time of what was learned of a zone's profile, days. */
  readonly tauProfileDays: number
  /** Variance of the deviations over q = m(1 − m): the part that shrinks with capacity, fast, slow. */
  readonly psi: number
  readonly thetaFast: number
  readonly thetaSlow: number
  /** Smallest q. */
  readonly qFloor: number
  /** sd of an honest human count, of who says full or empty, of a level in words, of a machine's reading. */
  readonly countNoise: number
  readonly limitNoise: number
  readonly levelNoise: number
  readonly readingNoise: number
  /** Probability that a report is an outlier where nothing is known of the reporter, and of a machine's reading. */
  readonly outlierProbability: number
  readonly readingOutlierProbability: number
  /** Guard against lock-in (AVAILABILITY §1). */
  readonly guardGain: number
  readonly guardThreshold: number
  readonly guardRate: number
  readonly guardCap: number
  /** Published variance over the filter's own. */
  readonly publishFactor: number
  /** Weight, in observations, of the belief that a zone is as variable as its kind. */
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
