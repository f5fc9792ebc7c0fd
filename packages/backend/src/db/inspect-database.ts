import { DomainError } from '@kickstand/domain'
import { Kysely, sql } from 'kysely'
import { engineFor } from './open-database.ts'
import type { Schema } from './schema.ts'

/**
 * `weaknesses`: settings of the engine that can cause data loss, a line each. `notices`: what servers stored for the
 * operator, by name. `removals`: removals of zones by riders that wait, and those of them that a limit holds back.
 */
type Inspection = {
  label: string
  zones: number | null
  weaknesses: readonly string[]
  notices: readonly { readonly name: string; readonly at: number; readonly detail: string }[]
  removals: { readonly waiting: number; readonly held: number }
}

const EMPTY = { notices: [], removals: { waiting: 0, held: 0 } } as const

/**
 * Inspects a database without changing it. `zones` is null if it has not been created yet.
 * Throws `database-unavailable` with a one-line message if it cannot be opened.
 */
export async function inspectDatabase(address: string): Promise<Inspection> {
  const engine = engineFor(address)
  if (!engine.isThere()) return { label: engine.label, zones: null, weaknesses: [], ...EMPTY }
  const db = new Kysely<Schema>({ dialect: engine.dialect })
  try {
    await sql`select 1`.execute(db)
    const weaknesses = await engine.findWeaknesses(db)
    const tables = await db.introspection.getTables()
    if (!tables.some((table) => table.name === 'zones'))
      return { label: engine.label, zones: null, weaknesses, ...EMPTY }
    const { zones } = await db
      .selectFrom('zones')
      .select(({ fn }) => fn.countAll<number>().as('zones'))
      .executeTakeFirstOrThrow()
    // Created by a later migration than zones: `doctor` may inspect a database before a server of this version has
    // opened it.
    if (!tables.some((table) => table.name === 'notices')) return { label: engine.label, zones, weaknesses, ...EMPTY }
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
