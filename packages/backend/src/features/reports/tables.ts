import type { Level, Problem, ReportKind } from '@kickstand/domain'

export type ReportsTable = {
  id: string
  zone_id: string
  rider_id: string
  kind: ReportKind
  count: number | null
  level: Level | null
  problem: Problem | null
  observed_at: number
  received_at: number
  /** Metres between reporter and zone; the reporter's position is never stored. */
  distance: number | null
  /** Accuracy of the reporter's position in metres. */
  accuracy: number | null
  over_capacity: number
  effect: 'estimate' | 'history' | 'none'
  /** Replay order, see `Observation`. */
  event_order: number
  /** Probability that it is an outlier, by the reporter's record when it arrived. */
  outlier_probability: number | null
  /** Keyed hash of the reporter's network, null for a network that many share; never an address. See `NetworkOf`. */
  network: string | null
  /** 1 if the reporter was trusted when it arrived. */
  trusted: number
  retracted_at: number | null
  /** SHA-256 of the rider and the Idempotency-Key; null if none was sent. */
  idempotency: string | null
  payload_hash: string
}

declare module '#db/schema.ts' {
  interface Schema {
    reports: ReportsTable
  }
}
