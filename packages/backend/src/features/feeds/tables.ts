/** One channel of a feed: its zones (`static`) or its availability (`live`), which fail independently. */
export type FeedChannelsTable = {
  feed_id: string
  channel: 'static' | 'live'
  attempted_at: number
  succeeded_at: number | null
  /** Newest time in its data. */
  newest_at: number | null
  /** Failed attempts in a row, and the reason of the last. */
  failures: number
  error: string | null
  /** Of the last successful attempt. */
  rows_taken: number
  rows_rejected: number
  rows_impossible: number
  /** Zones in its recent data, and since when over a fifth of the earlier ones are missing. */
  zones: number
  lost_at: number | null
  frozen_at: number | null
  /** HTTP validators of each page, as JSON. */
  validators: string
}

declare module '#db/schema.ts' {
  interface Schema {
    feed_channels: FeedChannelsTable
  }
}
