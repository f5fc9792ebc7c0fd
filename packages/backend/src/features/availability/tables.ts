/** The state of a zone's estimate after all observations up to `cut_at`, see `Checkpoint`. */
export type EstimatesTable = {
  zone_id: string
  cut_at: number
  capacity: number | null
  state: Uint8Array
  /** Number of its prior, 0 for none. */
  prior: number
}

/** What zones of a place have in common, see `ProfilePrior`. Numbers increase; the highest of a place is active. */
export type PriorsTable = {
  number: number
  /** See `row-priors.ts`. */
  place: number
  /** Zones that it was learned from. */
  zones: number
  /** Cutoff of the checkpoints that it was learned from. */
  cut_at: number
  /** `encodePrior`. */
  prior: Uint8Array
}

/** Two rows: the cutoff of the checkpoints, and that of the checkpoints that priors were last learned from. */
export type EstimateCutsTable = { id: number; cut_at: number }

/**
 * Scores of the forecasts of a zone on a day, as sums over the reports of that day, each compared with the forecast
 * made just before it. See `Score`.
 */
export type ScoresTable = {
  zone_id: string
  /** Days since the epoch, UTC. */
  day: number
  /** Minutes between forecast and report; 0 for now. */
  lead: number
  /** Reports that state whether a space was free, and the sum of their Brier scores. */
  chances: number
  brier: number
  /** Reports that state a number of bikes, the sum of their CRPS, and how many were in the 80 % interval. */
  shares: number
  crps: number
  covered: number
}

declare module '#db/schema.ts' {
  interface Schema {
    estimates: EstimatesTable
    estimate_cuts: EstimateCutsTable
    priors: PriorsTable
    scores: ScoresTable
  }
}
