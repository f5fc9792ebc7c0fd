import type { FactClaimBody } from '@kickstand/contract'
import { mergeFacts, type FactValue } from '@kickstand/domain'
import { toTimestamp } from '#read-model/availability-json.ts'
import type { DbReader } from '#db/schema.ts'
import { readEntriesOfZones, readSourceSettings } from './match-store.ts'

/** The claims of each source about a zone, by field, as the contract's provenance. */
export async function provenanceOf(db: DbReader, zoneId: string): Promise<Record<string, FactClaimBody[]>> {
  const merged = mergeFacts(await readEntriesOfZones(db, [zoneId], await readSourceSettings(db)))
  const body: Record<string, FactClaimBody[]> = {}
  for (const [field, claims] of merged?.claims ?? []) {
    body[field] = claims.map(({ entry, value, asOf, trust, shown }) => {
      return { source: entry.source, value: bodyOf(value), asOf: toTimestamp(asOf), trust, shown }
    })
  }
  return body
}

/** Claims state only whether there is an outline; the zone itself has it. */
function bodyOf(value: FactValue): FactClaimBody['value'] {
  return typeof value === 'object' && 'lat' in value
    ? { lat: value.lat, lng: value.lng, outline: value.outline !== null }
    : value
}
