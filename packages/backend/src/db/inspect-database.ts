import { DomainError } from '@kickstand/domain'
import { Kysely, sql } from 'kysely'
import { engineFor } from './open-database.ts'
import type { DbReader, Schema } from './schema.ts'

/**
 * `weaknesses`: settings of the engine that can cause data loss, a line each. `notices`: what servers stored for the
 * operator, by name. `contents`: what `read` returned, null if the database has not been created yet.
 */
export type InspectedDatabase<T> = {
  readonly label: string
  readonly weaknesses: readonly string[]
  readonly notices: readonly { readonly name: string; readonly at: number; readonly detail: string }[]
  readonly contents: T | null
}

/** Reads the contents of a database that may be older than this code: `has` tells whether it has a table. */
export type ReadContents<T> = (db: DbReader, has: (table: keyof Schema) => boolean) => Promise<T>

/**
 * Inspects a database without changing it. Throws `database-unavailable` with a one-line message if it cannot be
 * opened.
 */
export async function inspectDatabase<T>(address: string, read: ReadContents<T>): Promise<InspectedDatabase<T>> {
  const engine = engineFor(address)
  const { label } = engine
  if (!engine.isThere()) return { label, weaknesses: [], notices: [], contents: null }
  const db = new Kysely<Schema>({ dialect: engine.dialect })
  try {
    await sql`select 1`.execute(db)
    const weaknesses = await engine.findWeaknesses(db)
    const tables = new Set((await db.introspection.getTables()).map(({ name }) => name))
    if (!tables.has('zones')) return { label, weaknesses, notices: [], contents: null }
    const notices = tables.has('notices') ? await db.selectFrom('notices').selectAll().orderBy('name').execute() : []
    return { label, weaknesses, notices, contents: await read(db, (table) => tables.has(table)) }
  } catch (error) {
    const reason = engine.explain(error)
    if (reason !== null) throw new DomainError('database-unavailable', reason, [], error)
    throw error
  } finally {
    await db.destroy()
  }
}
