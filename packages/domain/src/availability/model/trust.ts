// What is known of each reporter: how often what he said fitted, as a Beta distribution with a fading memory.

/** Weight of the belief that a reporter is like all others, in reports. */
const STRENGTH = 8
const FADE = 0.995
/** A week of a regular's reports, and three that fitted for each that did not: an honest report seldom shows all of itself. */
const TRUSTED_EVIDENCE = 5
const TRUSTED_RATIO = 3

/** Records of many reporters, one row each: faded sums of the evidence. */
export type TrustColumns = { readonly honest: Float32Array; readonly outlier: Float32Array }

export function createTrust(reporters: number): TrustColumns {
  return { honest: new Float32Array(reporters), outlier: new Float32Array(reporters) }
}

/** Probability that the next report of `reporter` is an outlier; `prior` is that of all reporters. */
export function outlierProbabilityOf(trust: TrustColumns, reporter: number, prior: number): number {
  const outlier = STRENGTH * prior + trust.outlier[reporter]
  return outlier / (STRENGTH + trust.honest[reporter] + trust.outlier[reporter])
}

/** Whether a reporter has a record good enough to be believed whatever network he is on. */
export function isTrusted(trust: TrustColumns, reporter: number): boolean {
  return isTrustedBy(trust.honest[reporter], trust.outlier[reporter])
}

/** Whether so much evidence for and against a reporter makes a good record. */
export function isTrustedBy(honest: number, outlier: number): boolean {
  return honest >= TRUSTED_EVIDENCE && honest >= TRUSTED_RATIO * outlier
}

/**
 * Takes what one report showed: `honest` is the probability that it was, judged without the reporter's own record, and
 * `known` in [0, 1] how well the zone was known without it. A report where nothing was known says nothing of its reporter.
 */
export function judge(trust: TrustColumns, reporter: number, honest: number, known: number): void {
  trust.honest[reporter] = FADE * trust.honest[reporter] + known * honest
  trust.outlier[reporter] = FADE * trust.outlier[reporter] + known * (1 - honest)
}
