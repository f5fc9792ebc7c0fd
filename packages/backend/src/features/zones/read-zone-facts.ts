import { mergeFacts, type ZoneFacts } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { readEntriesOfZones, readSourceSettings } from './match-store.ts'

/** The merged facts of a zone; null where no source has its position. */
export async function readZoneFacts(db: DbReader, zoneId: string): Promise<ZoneFacts | null> {
  return mergeFacts(await readEntriesOfZones(db, [zoneId], await readSourceSettings(db)))?.facts ?? null
}
