import type { ContributionState } from '@kickstand/domain'

/** A value that riders contributed for a field of a zone. `field` is a `RiderField`, or `exists`. */
export type ContributionsTable = {
  id: string
  zone_id: string
  field: string
  /** JSON. */
  value: string
  /** The first rider who contributed it. */
  rider_id: string
  /** Position of the zone at that time, and its `matchCell`. */
  lat: number
  lng: number
  cell: number
  state: ContributionState
  agree: number
  created_at: number
  shown_at: number | null
  expires_at: number | null
  /** The last decision of a moderator, see `decisions`. */
  verdict: 'accepted' | 'rejected' | null
  decided_at: number | null
  reason: string | null
  /**
   * Of a removal: when it takes effect unless disputed, since when a limit holds it back, when riders last carried it
   * out.
   */
  due_at: number | null
  held_at: number | null
  removed_at: number | null
}

/** What one rider contributed for one field of one zone. */
export type ContributionVotesTable = {
  zone_id: string
  /** As in `contributions`; `unsure FIELD` for a rider who cannot tell, `later` for one who postponed the question. */
  field: string
  rider_id: string
  /** JSON; null for no value. */
  value: string | null
  /** For moderators only. */
  note: string | null
  first_at: number
  last_at: number
  /** 1 within reach of the zone, 0 not, null without a position. */
  within_reach: number | null
  network: string | null
  trusted: number
  /** 1 if the rider had a record (`hasRecord`) at the time; null if it was not checked. */
  record: number | null
  /** When a moderator undid it: it no longer counts and is kept as evidence. */
  undone_at: number | null
}

export type PhotosTable = {
  id: string
  zone_id: string
  rider_id: string
  state: 'pending' | 'cleared' | 'rejected'
  /** Perceptual hash, hexadecimal. */
  perceptual_hash: string
  /** An earlier, similar photo of the zone. */
  duplicate_of: string | null
  width: number
  height: number
  /** WebP without metadata; null once rejected. */
  image: Uint8Array | null
  created_at: number
  decided_at: number | null
  reason: string | null
  /** Keyed hash of the network of the sender; null if unknown. */
  network: string | null
}

declare module '#db/schema.ts' {
  interface Schema {
    contributions: ContributionsTable
    contribution_votes: ContributionVotesTable
    photos: PhotosTable
  }
}
