import { DomainError } from '@kickstand/domain'
import { Kysely, sql } from 'kysely'
import { engineFor } from './open-database.ts'
import type { Schema } from './schema.ts'

/**
 * `weaknesses`: settings of the engine by which something may be lost, a line each. `notices`: what servers on it have noticed,
 * by name. `removals`: attempts of riders to take zones away that wait, and those of them that a limit holds back.
 */
type Inspection = {
  label: string
  zones: number | null
  weaknesses: readonly string[]
  notices: readonly { readonly name: string; readonly at: number; readonly detail: string }[]
  removals: { readonly waiting: number; readonly held: number }
}

const NOTHING = { notices: [], removals: { waiting: 0, held: 0 } } as const

/**
 * Looks at a database without changing it. `zones` is null where it has not been made yet.
 * Throws `database-unavailable` with one line for people where it cannot be opened.
 */
export async function inspectDatabase(address: string): Promise<Inspection> {
  const engine = engineFor(address)
  if (!engine.isThere()) return { label: engine.label, zones: null, weaknesses: [], ...NOTHING }
  const db = new Kysely<Schema>({ dialect: engine.dialect })
  try {
    await sql`select 1`.execute(db)
    const weaknesses = await engine.findWeaknesses(db)
    const tables = await db.introspection.getTables()
    if (!tables.some((table) => table.name === 'zones'))
      return { label: engine.label, zones: null, weaknesses, ...NOTHING }
    const { zones } = await db
      .selectFrom('zones')
      .select(({ fn }) => fn.countAll<number>().as('zones'))
      .executeTakeFirstOrThrow()
    // Made by a later step of the schema than zones: `doctor` looks at databases that no server of this version has opened yet.
    if (!tables.some((table) => table.name === 'notices')) return { label: engine.label, zones, weaknesses, ...NOTHING }
    const notices = await db.selectFrom('notices').selectAll().orderBy('name').execute()
    const open = await db
      .selectFrom('contributions')
      .select('held_at')
      .where('field', 'in', ['gone', 'blocked'])
      .where('state', 'in', ['pending', 'suspended'])
      .execute()
    const removals = { waiting: open.length, held: open.filter(({ held_at }) => held_at !== null).length }
    return { label: engine.label, zones, weaknesses, notices, removals }
  } catch (error) {
    const reason = engine.explain(error)
    if (reason !== null) throw new DomainError('database-unavailable', reason, [], error)
    throw error
  } finally {
    await db.destroy()
  }
}
