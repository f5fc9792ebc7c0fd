import type { FactEntry, SourceInfo, ZoneFacts } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { fingerprint } from '#platform/ids.ts'
import { importRow } from './import-rows.ts'
import { ensureSource, findKnown, insertEntries, markAbsent, updateEntry } from './import-store.ts'
import { resettleZones, settleZones } from './settle-zones.ts'
import { encodeFacts, type ZoneNotes } from './stored-facts.ts'
import { deleteWord, isListedByAnother, putWord, zoneOfWord } from './word-store.ts'

/** What somebody says of a zone that others have put on the map. */
export type Word = {
  readonly facts: Partial<ZoneFacts>
  readonly sinceOf: FactEntry['sinceOf']
  readonly notes: ZoneNotes
}

/**
 * Puts what a source says of a zone beside what the others say, or takes it away where it says nothing.
 * @returns the ids of the zones that are others now, for the event of the same transaction
 */
export async function sayOfZone(
  tx: Tx,
  source: SourceInfo,
  zoneId: string,
  word: Word | null,
  now: number,
): Promise<string[]> {
  const name = { source: source.id, ref: `zone:${zoneId}` }
  const standing = (await zoneOfWord(tx, name)) ?? zoneId
  if (word === null) await deleteWord(tx, name)
  else {
    await ensureSource(tx, source)
    const facts = encodeFacts(word.facts, word.notes)
    await putWord(tx, name, standing, {
      facts,
      since_of: JSON.stringify(word.sinceOf),
      fingerprint: fingerprint(facts),
      seen_at: now,
    })
  }
  return resettleZones(tx, [standing], now)
}

/** Whether any source but this one lists a zone. */
export async function isListedByOthers(tx: Tx, source: SourceInfo, zoneId: string): Promise<boolean> {
  const standing = (await zoneOfWord(tx, { source: source.id, ref: `zone:${zoneId}` })) ?? zoneId
  return isListedByAnother(tx, source.id, standing)
}

/**
 * Puts a place on the map that a source tells of, or takes it away where it is null; others' entries of the same place become one
 * zone with it.
 * @returns the ids of the zones that are others now
 */
export async function sayPlace(
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
  return settleZones(tx, [{ source: source.id, ref, before }], source.id, now)
}
