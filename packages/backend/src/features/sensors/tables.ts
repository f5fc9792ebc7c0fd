import type { Level, SensorObservation } from '@kickstand/domain'

/** Readings that affect an estimate, or would if their sensor were plausible. Repeated values are not stored. */
export type ReadingsTable = {
  /** Replay order, together with `id`. */
  event_order: number
  id: string
  feed_id: string
  ref: string
  zone_id: string
  kind: SensorObservation['kind']
  count: number | null
  level: Level | null
  observed_at: number
  /** 0 if its sensor was frozen or implausible when it arrived. */
  counts: number
}

/** The sensors of each feed. */
export type SensorsTable = {
  feed_id: string
  ref: string
  zone_id: string
  /** Time of the newest reading. */
  last_at: number
  /** Time of the newest reading that counted, 0 for none. */
  counted_at: number
  /** Its last value as text, and the time when one of its readings was last stored. */
  value: string
  stored_at: number
  /** See `Spells`. */
  since_at: number
  spells: number
  longest: number
  /** Readings rejected since the last accepted one, time and reason of the last rejection. */
  rejected: number
  rejected_at: number | null
  error: string | null
  /** Since when it is frozen or implausible, else null. */
  frozen_at: number | null
  implausible_at: number | null
}

declare module '#db/schema.ts' {
  interface Schema {
    readings: ReadingsTable
    sensors: SensorsTable
  }
}
