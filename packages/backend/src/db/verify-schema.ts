import { DomainError } from '@kickstand/domain'
import type { TableMetadata } from 'kysely'
import type { Database } from './open-database.ts'

/**
 * Throws `database-unavailable` if a migrated database lacks a table or a column, as after a partial restore. `wanted`
 * are the tables of a new database.
 */
export async function verifySchema({ db, engine }: Database, wanted: readonly TableMetadata[]): Promise<void> {
  const found = new Map((await db.introspection.getTables()).map(({ name, columns }) => [name, columns]))
  const absent = wanted.flatMap(({ name, columns }) => {
    const there = new Set(found.get(name)?.map((column) => column.name))
    if (there.size === 0) return [`the table ${name}`]
    return columns.filter((column) => !there.has(column.name)).map((column) => `the column ${name}.${column.name}`)
  })
  if (absent.length === 0) return
  const text = `${engine.label} is damaged: it lacks ${absent.slice(0, 5).join(', ')}. Restore it from a backup.`
  throw new DomainError('database-unavailable', text)
}
