import type { Generated } from 'kysely'

export type RidersTable = {
  id: string
  created_at: number
  /** Faded sums of evidence, see `TrustColumns`. */
  trust_honest: Generated<number>
  trust_outlier: Generated<number>
  /** Different days (UTC) on which a report was confirmed, see `RiderHistory`, and the last of them since the epoch. */
  record_days: Generated<number>
  record_day: Generated<number>
}

declare module '#db/schema.ts' {
  interface Schema {
    riders: RidersTable
  }
}
