// The record of each reporter: how often their reports were confirmed, as a Beta distribution whose evidence decays.

/** Weight of the prior, the outlier probability of all reporters. */
const PRIOR_WEIGHT_REPORTS = 8
const DECAY_PER_REPORT = 0.995
/** About a week of reports, in reports: one report rarely gives full evidence. And three times more evidence for than against. */
const MIN_TRUSTED_EVIDENCE = 5
const MIN_TRUSTED_RATIO = 3

/** Records of many reporters, one row each: decaying sums of the evidence. */
export type TrustColumns = { readonly honest: Float32Array; readonly outlier: Float32Array }

export function createTrust(reporters: number): TrustColumns {
  return { honest: new Float32Array(reporters), outlier: new Float32Array(reporters) }
}

/** Probability that the next report of `reporter` is an outlier; `prior` is that of all reporters. */
export function outlierProbabilityOf(trust: TrustColumns, reporter: number, prior: number): number {
  const outlier = PRIOR_WEIGHT_REPORTS * prior + trust.outlier[reporter]
  return outlier / (PRIOR_WEIGHT_REPORTS + trust.honest[reporter] + trust.outlier[reporter])
}

/** Whether a reporter has a good record. The limit per network does not apply to them. */
export function isTrusted(trust: TrustColumns, reporter: number): boolean {
  return isTrustedBy(trust.honest[reporter], trust.outlier[reporter])
}

/** Whether this evidence for and against a reporter is a good record. */
export function isTrustedBy(honest: number, outlier: number): boolean {
  return honest >= MIN_TRUSTED_EVIDENCE && honest >= MIN_TRUSTED_RATIO * outlier
}

/**
 * Adds the evidence of one report: `honest` is the probability that it was, computed without the reporter's own record, and
 * `known` in [0, 1] how well the zone was known without it. A report for an unknown zone adds no evidence.
 */
export function recordEvidence(trust: TrustColumns, reporter: number, honest: number, known: number): void {
  trust.honest[reporter] = DECAY_PER_REPORT * trust.honest[reporter] + known * honest
  trust.outlier[reporter] = DECAY_PER_REPORT * trust.outlier[reporter] + known * (1 - honest)
}
