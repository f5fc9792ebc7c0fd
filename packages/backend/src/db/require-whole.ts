import { DomainError } from '@kickstand/domain'
import type { Clock } from '#platform/clock.ts'
import { migrate } from './migrate.ts'
import type { Database } from './open-database.ts'

/**
 * Throws `database-unavailable` where a migrated database lacks a table or a column: something else has changed it, or it was restored
 * in part. `blank` is a new database to compare with.
 */
export async function requireWhole({ db, engine }: Database, blank: Database, clock: Clock): Promise<void> {
  await migrate(blank.db, blank.engine, clock)
  const found = new Map((await db.introspection.getTables()).map(({ name, columns }) => [name, columns]))
  const absent = (await blank.db.introspection.getTables()).flatMap(({ name, columns }) => {
    const there = new Set(found.get(name)?.map((column) => column.name))
    if (there.size === 0) return [`the table ${name}`]
    return columns.filter((column) => !there.has(column.name)).map((column) => `the column ${name}.${column.name}`)
  })
  if (absent.length === 0) return
  const text = `${engine.label} is damaged: it lacks ${absent.slice(0, 5).join(', ')}. Restore it from a backup.`
  throw new DomainError('database-unavailable', text)
}
