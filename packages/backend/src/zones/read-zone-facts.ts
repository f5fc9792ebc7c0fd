import { mergeFacts, type ZoneFacts } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { readEntriesOfZones, readStandings } from './match-store.ts'

/** What is known of a zone, from all its sources; null where none tells a place. */
export async function readZoneFacts(db: DbReader, zoneId: string): Promise<ZoneFacts | null> {
  return mergeFacts(await readEntriesOfZones(db, [zoneId], await readStandings(db)))?.facts ?? null
}
