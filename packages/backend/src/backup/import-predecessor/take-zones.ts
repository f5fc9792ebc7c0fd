import type { SnapshotRow } from '@kickstand/domain'
import { zoneIdFor } from '#platform/ids.ts'
import { legacyFields } from './legacy-fields.ts'
import type { LegacyRun } from './legacy-run.ts'
import { mapZone, readSpaces } from './map-zone.ts'

const MOST_WARNINGS = 200

/** The predecessor's zones as the rows of a snapshot, counted as they pass. */
export async function* zoneRows(run: LegacyRun): AsyncGenerator<SnapshotRow> {
  const { counts, zones, capacity } = run
  for await (const row of run.from.rows('zones')) {
    if ('fault' in row) {
      counts.zones.fault(row)
      yield { rejected: { where: row.where, reason: row.fault } }
      if (row.broken === true) yield { end: { complete: false, note: row.fault, coverage: null } }
      continue
    }
    counts.zones.see(row)
    const fields = legacyFields(row, counts.zones.used)
    const mapped = mapZone(fields)
    const spaces = readSpaces(fields).value ?? 0
    capacity.read += spaces
    const refused = 'refused' in mapped ? mapped.refused : zones.has(mapped.zone.ref) ? 'its id came before' : null
    if (refused !== null || 'refused' in mapped) {
      counts.zones.refuse(row.where, refused ?? '')
      capacity.refused += spaces
      yield { rejected: { where: row.where, reason: refused ?? '' } }
      continue
    }
    zones.set(mapped.zone.ref, mapped.zone.facts.capacity)
    capacity.taken += spaces
    for (const reason of mapped.warnings) {
      if (run.warnings.length < MOST_WARNINGS) run.warnings.push({ where: row.where, reason })
    }
    run.onMapped({ table: 'zones', legacyId: mapped.zone.ref, id: zoneIdFor(run.id, mapped.zone.ref) })
    yield mapped.zone
  }
}
