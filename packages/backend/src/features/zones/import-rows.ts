import { matchCell, type SourceZone, type ZoneFacts, type ZoneStatus } from '@kickstand/domain'
import { factColumns } from '#db/fact-columns.ts'
import type { ZoneRow } from './tables.ts'
import { fingerprint, zoneIdFor } from '#platform/ids.ts'
import { encodeFacts } from './stored-facts.ts'

/** A source's zone ready to be compared and written. */
export type ImportRow = {
  /** The current reference in the source. */
  readonly ref: string
  /** The permanent reference: the first one that the entry had. */
  readonly entry: string
  readonly zoneId: string
  readonly fingerprint: string
  readonly facts: ZoneFacts
}

/**
 * The fingerprint covers the known facts in a fixed order. Unknown facts are left out, so that a new kind of fact
 * changes only the rows that have it.
 */
export function importRow(sourceId: string, { ref, facts }: SourceZone, entry = ref): ImportRow {
  const known = Object.entries(facts)
    .filter(([, value]) => value !== null)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const print = fingerprint(JSON.stringify(known))
  return { ref, entry, zoneId: zoneIdFor(sourceId, entry), fingerprint: print, facts }
}

type ZoneColumns = Omit<ZoneRow, 'id' | 'created_at' | 'merged_into' | 'blocked_until'>

/** The columns of a zone with its facts. `now`: time of writing in epoch milliseconds. */
export function zoneColumns(facts: ZoneFacts, status: ZoneStatus, now: number): ZoneColumns {
  const { lat, lng, outline, capacityEstimated, vehicles } = facts
  return {
    ...factColumns(facts),
    lat,
    lng,
    outline: outline === null ? null : JSON.stringify(outline),
    capacity_estimated: capacityEstimated === null ? null : 1,
    vehicles: JSON.stringify(vehicles),
    status,
    updated_at: now,
  }
}

/** An entry as columns of `zone_sources`. */
export function entryColumns({ fingerprint: print, facts }: ImportRow, now: number) {
  const { lat, lng, capacity } = facts
  return {
    fingerprint: print,
    facts: encodeFacts(facts),
    lat,
    lng,
    cell: matchCell(lat, lng),
    capacity,
    status: 'active',
    seen_at: now,
    missing_since: null,
  }
}
