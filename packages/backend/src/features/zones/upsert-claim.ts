import type { FactEntry, SourceInfo, ZoneFacts } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { fingerprint } from '#platform/ids.ts'
import { importRow } from './import-rows.ts'
import { findKnown, insertEntries, markAbsent, updateEntry } from './entry-store.ts'
import { ensureSource } from './source-store.ts'
import { rebuildZones, reconcileZones } from './reconcile-zones.ts'
import { encodeFacts, type ZoneNotes } from './stored-facts.ts'
import { deleteClaim, isListedByAnother, putClaim, zoneOfClaim } from './claim-store.ts'

/** What a source states about a zone that another source lists. */
export type SourceClaim = {
  readonly facts: Partial<ZoneFacts>
  readonly sinceOf: FactEntry['sinceOf']
  readonly notes: ZoneNotes
}

/**
 * Stores the claim of a source about a zone, or deletes it (null), and merges the zone again.
 * @returns the ids of the changed zones, for the event of the same transaction
 */
export async function upsertClaim(
  tx: Tx,
  source: SourceInfo,
  zoneId: string,
  claim: SourceClaim | null,
  now: number,
): Promise<string[]> {
  const name = { source: source.id, ref: `zone:${zoneId}` }
  const currentId = (await zoneOfClaim(tx, name)) ?? zoneId
  if (claim === null) await deleteClaim(tx, name)
  else {
    await ensureSource(tx, source)
    const facts = encodeFacts(claim.facts, claim.notes)
    await putClaim(tx, name, currentId, {
      facts,
      field_changed_at: JSON.stringify(claim.sinceOf),
      fingerprint: fingerprint(facts),
      seen_at: now,
    })
  }
  return rebuildZones(tx, [currentId], now)
}

/** Whether any source but this one lists a zone. */
export async function isListedByOthers(tx: Tx, source: SourceInfo, zoneId: string): Promise<boolean> {
  const currentId = (await zoneOfClaim(tx, { source: source.id, ref: `zone:${zoneId}` })) ?? zoneId
  return isListedByAnother(tx, source.id, currentId)
}

/**
 * Stores a place that a source lists, or retires it (null). Entries of other sources for the same place become one
 * zone with it.
 * @returns the ids of the changed zones
 */
export async function upsertPlaceClaim(
  tx: Tx,
  source: SourceInfo,
  ref: string,
  facts: ZoneFacts | null,
  now: number,
): Promise<string[]> {
  const known = (await findKnown(tx, source.id, [ref])).get(ref)
  const { lat = null, lng = null } = known ?? {}
  const before = lat === null || lng === null ? null : { lat, lng }
  if (facts === null) {
    if (known === undefined) return []
    await markAbsent(tx, source.id, [{ ref }], 'retired', now)
  } else {
    await ensureSource(tx, source)
    const row = importRow(source.id, { ref, facts })
    if (known === undefined) await insertEntries(tx, source.id, [row], { now, documentDate: null })
    else await updateEntry(tx, source.id, row, { now, documentDate: null })
  }
  return reconcileZones(tx, [{ source: source.id, ref, before }], source.id, now)
}
