import { matchCell, type SourceZone, type ZoneFacts, type ZoneStatus } from '@kickstand/domain'
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

type FactColumns = Omit<ZoneRow, 'id' | 'created_at' | 'merged_into' | 'blocked_until'>

function flag(value: boolean | null): number | null {
  return value === null ? null : Number(value)
}

/** The columns of a zone for its facts. `now`: time of writing in epoch milliseconds. */
export function factColumns(facts: ZoneFacts, status: ZoneStatus, now: number): FactColumns {
  return {
    name: facts.name,
    lat: facts.lat,
    lng: facts.lng,
    outline: facts.outline === null ? null : JSON.stringify(facts.outline),
    capacity: facts.capacity,
    capacity_estimated: flag(facts.capacityEstimated),
    kind: facts.kind,
    vehicles: JSON.stringify(facts.vehicles),
    access: facts.access,
    fee: facts.fee,
    fee_note: facts.feeNote,
    covered: flag(facts.covered),
    lit: flag(facts.lit),
    surveillance: flag(facts.surveillance),
    anchors: flag(facts.anchors),
    surface: facts.surface,
    operator: facts.operator,
    opening_hours: facts.openingHours,
    sign_text: facts.signText,
    max_stay: facts.maxStay,
    charging: flag(facts.charging),
    access_conditional: facts.accessConditional,
    fee_conditional: facts.feeConditional,
    max_stay_conditional: facts.maxStayConditional,
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
