import { DomainError } from '@kickstand/domain'
import type { LegacySource } from './legacy-source.ts'
import { openDump } from './read-dump.ts'
import { openFirestore } from './read-firestore.ts'
import { openLive } from './read-live.ts'

/** The predecessor's data by where it is: an address of a database, a dump (`.sql`, `.sql.gz`), an export (`.json`). */
export async function openLegacy(place: string): Promise<LegacySource & { close(): Promise<void> }> {
  const close = async (): Promise<void> => {}
  if (/^[a-z]+:/i.test(place)) return openLive(place)
  if (/\.sql(?:\.gz)?$/i.test(place)) return { ...(await openDump(place)), close }
  if (/\.json$/i.test(place)) return { ...(await openFirestore(place)), close }
  throw new DomainError(
    'unreadable-file',
    `${place} is nothing that legacy data comes in: expected the address of a database, a dump named .sql or .sql.gz, or a Firestore export named .json.`,
  )
}
