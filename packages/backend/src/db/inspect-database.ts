import { DomainError } from '@kickstand/domain'
import { Kysely, sql } from 'kysely'
import { engineFor } from './open-database.ts'
import type { Schema } from './schema.ts'

/** `weaknesses`: settings of the engine by which something may be lost, a line each. */
type Inspection = { label: string; zones: number | null; weaknesses: readonly string[] }

/**
 * Looks at a database without changing it. `zones` is null where it has not been made yet.
 * Throws `database-unavailable` with one line for people where it cannot be opened.
 */
export async function inspectDatabase(address: string): Promise<Inspection> {
  const engine = engineFor(address)
  if (!engine.isThere()) return { label: engine.label, zones: null, weaknesses: [] }
  const db = new Kysely<Schema>({ dialect: engine.dialect })
  try {
    await sql`select 1`.execute(db)
    const weaknesses = await engine.findWeaknesses(db)
    const tables = await db.introspection.getTables()
    if (!tables.some((table) => table.name === 'zones')) return { label: engine.label, zones: null, weaknesses }
    const { zones } = await db
      .selectFrom('zones')
      .select(({ fn }) => fn.countAll<number>().as('zones'))
      .executeTakeFirstOrThrow()
    return { label: engine.label, zones, weaknesses }
  } catch (error) {
    const reason = engine.explain(error)
    if (reason !== null) throw new DomainError('database-unavailable', reason, [], error)
    throw error
  } finally {
    await db.destroy()
  }
}
