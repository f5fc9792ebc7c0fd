import { distance, type ZoneFacts } from '@kickstand/domain'
import type { Tally } from './import-report.ts'

/**
 * How a zone changed. `joined`: new in this source, and the same place as a zone of another source. `moved`: by over
 * 100 m. `rekeyed`: it has a new reference. `returned`: it was missing or retired. `held`: the change was not applied
 * (see `reason`). `merged`: it is the same place as another zone.
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
  /** Its reference in the source; null for a zone that changed because of its neighbours. */
  readonly ref: string | null
  readonly name: string | null
  /** Its former reference. */
  readonly formerRef?: string
  /** How far it moved, where that is over 1 m. */
  readonly metres?: number
  /** Why it was held, or what else a person should know. */
  readonly reason?: string
}

/** About 150 bytes each. Further changes are only counted, in `changesLeftOut`. */
const MAX_CHANGES = 250_000
const MOVED_METRES = 100

export function tallyChange(tally: Tally, change: ZoneChange): void {
  if (tally.changes.length >= MAX_CHANGES) tally.changesLeftOut += 1
  // Copied, because substrings would keep the whole chunks of the file in memory.
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
