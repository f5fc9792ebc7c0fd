import { DomainError } from '@kickstand/domain'
import type { Clock } from '#platform/clock.ts'
import { migrate } from './migrate.ts'
import type { Database } from './open-database.ts'

/**
 * Throws `database-unavailable` if a migrated database lacks a table or a column, as after a partial restore. `fresh`
 * is a new database to compare with.
 */
export async function verifySchema({ db, engine }: Database, fresh: Database, clock: Clock): Promise<void> {
  await migrate(fresh.db, fresh.engine, clock)
  const found = new Map((await db.introspection.getTables()).map(({ name, columns }) => [name, columns]))
  const absent = (await fresh.db.introspection.getTables()).flatMap(({ name, columns }) => {
    const there = new Set(found.get(name)?.map((column) => column.name))
    if (there.size === 0) return [`the table ${name}`]
    return columns.filter((column) => !there.has(column.name)).map((column) => `the column ${name}.${column.name}`)
  })
  if (absent.length === 0) return
  const text = `${engine.label} is damaged: it lacks ${absent.slice(0, 5).join(', ')}. Restore it from a backup.`
  throw new DomainError('database-unavailable', text)
}
