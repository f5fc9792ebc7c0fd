import { sql, type Kysely } from 'kysely'
import { DomainError } from '@kickstand/domain'
import { sleep } from '#platform/sleep.ts'

const MAX_CHECKS = 10
const CHECK_EVERY_MS = 200

/**
 * Runs `work` on one connection in a consistent snapshot. Throws `database-unavailable` if there are other connections
 * to the database, before or after.
 */
export async function readExclusively<S, T>(
  db: Kysely<S>,
  place: string,
  work: (db: Kysely<S>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    await requireNoOthers(connection, place)
    await sql`start transaction with consistent snapshot, read only`.execute(connection)
    const value = await work(connection)
    await sql`commit`.execute(connection)
    await requireNoOthers(connection, place)
    return value
  })
}

/** Waits briefly for connections that are ending. Those of other users are only visible with the PROCESS privilege. */
async function requireNoOthers<S>(connection: Kysely<S>, place: string): Promise<void> {
  for (let checks = 1; ; checks += 1) {
    const { rows } = await sql<{ host: string }>`
      select host from information_schema.processlist where db = database() and id <> connection_id()`.execute(
      connection,
    )
    if (rows.length === 0) return
    if (checks === MAX_CHECKS) {
      throw new DomainError(
        'database-unavailable',
        `${place} is in use: ${rows.length} connections, from ${[...new Set(rows.map(({ host }) => host))].slice(0, 3).join(', ')}. Stop every server that uses it, then try again.`,
      )
    }
    await sleep(CHECK_EVERY_MS)
  }
}
