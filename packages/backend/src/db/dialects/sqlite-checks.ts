import { sql, type Kysely } from 'kysely'

/** Values of `PRAGMA synchronous`, see https://sqlite.org/pragma.html#pragma_synchronous. */
const FULL = 2

/** Settings of a connection with which a power failure loses what was answered, a line each. */
export async function findWeaknesses<S>(db: Kysely<S>): Promise<string[]> {
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db)
  const [{ synchronous } = { synchronous: 0 }] = rows
  if (synchronous >= FULL) return []
  return [
    `SQLite's synchronous is ${synchronous}: a power failure can lose reports that were answered. Set it to FULL (2).`,
  ]
}
