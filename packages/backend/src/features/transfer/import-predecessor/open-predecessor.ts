import { DomainError } from '@kickstand/domain'
import type { PredecessorSource } from './predecessor-source.ts'
import { openDump } from './read-dump.ts'
import { openFirestore } from './read-firestore.ts'
import { openLive } from './read-live.ts'

/** Opens the predecessor's data by its location: a database URL, a dump (`.sql`, `.sql.gz`), or an export (`.json`). */
export async function openPredecessor(place: string): Promise<PredecessorSource & { close(): Promise<void> }> {
  const close = async (): Promise<void> => {}
  if (/^[a-z]+:/i.test(place)) return openLive(place)
  if (/\.sql(?:\.gz)?$/i.test(place)) return { ...(await openDump(place)), close }
  if (/\.json$/i.test(place)) return { ...(await openFirestore(place)), close }
  throw new DomainError(
    'unreadable-file',
    `${place} is not a supported format of legacy data. Expected a database URL, a dump named .sql or .sql.gz, or a Firestore export named .json.`,
  )
}
