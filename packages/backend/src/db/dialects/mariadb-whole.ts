import { sql, type Kysely } from 'kysely'
import { DomainError } from '@kickstand/domain'
import { sleep } from '#platform/sleep.ts'

const LOOKS_FOR_OTHERS = 10
const LOOK_EVERY_MS = 200

/**
 * Runs `work` on one connection that sees one state of the database. Throws `database-unavailable` where others use it, before
 * or after.
 */
export async function readWhole<S, T>(db: Kysely<S>, place: string, work: (db: Kysely<S>) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await refuseOthers(connection, place)
    await sql`start transaction with consistent snapshot, read only`.execute(connection)
    const value = await work(connection)
    await sql`commit`.execute(connection)
    await refuseOthers(connection, place)
    return value
  })
}

/** Waits a moment for connections that are just ending. Those of other users are seen with the PROCESS privilege only. */
async function refuseOthers<S>(connection: Kysely<S>, place: string): Promise<void> {
  for (let looked = 1; ; looked += 1) {
    const { rows } = await sql<{ host: string }>`
      select host from information_schema.processlist where db = database() and id <> connection_id()`.execute(
      connection,
    )
    if (rows.length === 0) return
    if (looked === LOOKS_FOR_OTHERS) {
      throw new DomainError(
        'database-unavailable',
        `${place} is in use: ${rows.length} connections, from ${[...new Set(rows.map(({ host }) => host))].slice(0, 3).join(', ')}. Stop every server that uses it, then try again.`,
      )
    }
    await sleep(LOOK_EVERY_MS)
  }
}
