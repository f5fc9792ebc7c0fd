import type { SnapshotRow } from '@kickstand/domain'
import { zoneIdFor } from '#platform/ids.ts'
import { predecessorFields } from './predecessor-fields.ts'
import type { PredecessorRun } from './predecessor-run.ts'
import { mapZone, readSpaces } from './map-zone.ts'

const MAX_WARNINGS = 200

/** The predecessor's zones as rows of a snapshot. They are counted on the way. */
export async function* zoneRows(run: PredecessorRun): AsyncGenerator<SnapshotRow> {
  const { counts, zones, capacity } = run
  for await (const row of run.from.rows('zones')) {
    if ('fault' in row) {
      counts.zones.fault(row)
      yield { rejected: { where: row.where, reason: row.fault } }
      if (row.broken === true) yield { end: { complete: false, note: row.fault, coverage: null } }
      continue
    }
    counts.zones.see(row)
    const fields = predecessorFields(row, counts.zones.used)
    const mapped = mapZone(fields)
    const spaces = readSpaces(fields).value ?? 0
    capacity.read += spaces
    const rejected =
      'rejected' in mapped ? mapped.rejected : zones.has(mapped.zone.ref) ? 'its id is a duplicate' : null
    if (rejected !== null || 'rejected' in mapped) {
      counts.zones.reject(row.where, rejected ?? '')
      capacity.rejected += spaces
      yield { rejected: { where: row.where, reason: rejected ?? '' } }
      continue
    }
    zones.set(mapped.zone.ref, mapped.zone.facts.capacity)
    capacity.imported += spaces
    for (const reason of mapped.warnings) {
      if (run.warnings.length < MAX_WARNINGS) run.warnings.push({ where: row.where, reason })
    }
    run.onMapped({ table: 'zones', legacyId: mapped.zone.ref, id: zoneIdFor(run.id, mapped.zone.ref) })
    yield mapped.zone
  }
}
