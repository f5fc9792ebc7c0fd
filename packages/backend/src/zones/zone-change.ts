import { distance, type ZoneFacts } from '@kickstand/domain'
import type { Tally } from './import-report.ts'

/**
 * What became of a zone. `joined`: new in this source, and the same place as a zone that others list. `moved`: over 100 m. `rekeyed`: the
 * source calls it something else now. `returned`: it was missing or retired. `held`: the file would have changed it, and that was not
 * taken (see `reason`). `merged`: it turned out to be another zone.
 */
export type ZoneChangeKind =
  | 'added'
  | 'joined'
  | 'updated'
  | 'moved'
  | 'rekeyed'
  | 'returned'
  | 'missing'
  | 'retired'
  | 'held'
  | 'merged'

/** One line of an import report: one entry of the source, or a zone of other sources that changed with it. */
export type ZoneChange = {
  readonly kind: ZoneChangeKind
  readonly zoneId: string
  /** What the source calls it; null for a zone that changed because of its neighbours. */
  readonly ref: string | null
  readonly name: string | null
  /** What the source called it before. */
  readonly formerRef?: string
  /** How far its place moved, where that is over 1 m. */
  readonly metres?: number
  /** Why it was held, or what else a person should know. */
  readonly reason?: string
}

/** About 150 bytes each. What is beyond is counted in `changesLeftOut`. */
const MAX_CHANGES = 250_000
const MOVED_METRES = 100

export function tallyChange(tally: Tally, change: ZoneChange): void {
  if (tally.changes.length >= MAX_CHANGES) tally.changesLeftOut += 1
  // Copied, so that the texts do not keep the pieces of the file alive that they were cut from.
  else tally.changes.push(JSON.parse(JSON.stringify(change)) as ZoneChange)
}

type Place = { readonly lat: number | null; readonly lng: number | null }

/** How far a place is from where it was, as the change's `metres`. */
export function metresOf(before: Place | undefined, after: Pick<ZoneFacts, 'lat' | 'lng'>): { metres?: number } {
  if (before === undefined || before.lat === null || before.lng === null) return {}
  const metres = Math.round(distance(before.lat, before.lng, after.lat, after.lng))
  return metres > 1 ? { metres } : {}
}

export function isMoved(metres: number | undefined): boolean {
  return metres !== undefined && metres > MOVED_METRES
}
