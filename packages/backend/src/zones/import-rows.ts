import type { SourceZone, ZoneFacts, ZoneStatus } from '@kickstand/domain'
import type { ZonesTable, ZoneSourcesTable } from '#db/schema.ts'
import { fingerprint, zoneIdFor } from '#platform/ids.ts'

/** A source's zone ready to be compared and written. */
export type ImportRow = {
  readonly ref: string
  readonly zoneId: string
  readonly fingerprint: string
  readonly facts: ZoneFacts
}

/**
 * The fingerprint is of the known facts in a fixed order. Unknown ones are left out, so that a fact that Kickstand learns to
 * read later changes only the rows that have it.
 */
export function importRow(sourceId: string, { ref, facts }: SourceZone): ImportRow {
  const known = Object.entries(facts)
    .filter(([, value]) => value !== null)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { ref, zoneId: zoneIdFor(sourceId, ref), fingerprint: fingerprint(JSON.stringify(known)), facts }
}

type FactColumns = Omit<ZonesTable, 'id' | 'created_at'>

function flag(value: boolean | null): number | null {
  return value === null ? null : Number(value)
}

/** The columns of a zone that come from its facts, with the time of writing in epoch milliseconds. */
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

export function newZone(row: ImportRow, now: number): ZonesTable {
  return { id: row.zoneId, created_at: now, ...factColumns(row.facts, 'active', now) }
}

export function newZoneSource(sourceId: string, row: ImportRow, now: number): ZoneSourcesTable {
  return {
    source_id: sourceId,
    ref: row.ref,
    zone_id: row.zoneId,
    fingerprint: row.fingerprint,
    seen_at: now,
    missing_since: null,
  }
}
