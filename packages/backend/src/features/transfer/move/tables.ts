import { DomainError } from '@kickstand/domain'
import type { Database } from '#db/open-database.ts'

/** A table to move: its columns, sorted by name, and those of its primary key. */
export type MovedTable = {
  readonly name: string
  readonly columns: readonly string[]
  /** Names of the integer columns. */
  readonly integerColumns: ReadonlySet<string>
  readonly key: readonly string[]
}

/** The table with the progress of a move, in the target. */
export const STATE_TABLE = 'move_state'
/** Tables about the database itself, which are not moved. */
const INTERNAL_TABLES = new Set(['schema_migrations', 'migration_lock', STATE_TABLE])

/** All tables of the database except internal ones, from the engine's catalogue so that none is missed. */
export async function readTables({ db, engine }: Pick<Database, 'db' | 'engine'>): Promise<MovedTable[]> {
  const found = (await db.introspection.getTables()).filter(({ name, isView }) => !isView && !INTERNAL_TABLES.has(name))
  const tables: MovedTable[] = []
  for (const { name, columns } of found.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    tables.push({
      name,
      columns: columns.map((column) => column.name).toSorted(),
      integerColumns: new Set(columns.filter(({ dataType }) => /int/i.test(dataType)).map((column) => column.name)),
      key: await engine.keyOf(db, name),
    })
  }
  return tables
}

/**
 * The tables to move: those of the target, which this code has created. `unknownTables`: names of tables that only the
 * source has. Throws `invalid-request` if a table is missing or different in the source, and `internal` if it has no
 * primary key.
 */
export function matchTables(
  source: readonly MovedTable[],
  target: readonly MovedTable[],
): { readonly tables: readonly MovedTable[]; readonly unknownTables: readonly string[] } {
  for (const { name, columns, key } of target) {
    const inSource = source.find((table) => table.name === name)
    if (inSource === undefined || inSource.columns.join() !== columns.join() || inSource.key.join() !== key.join()) {
      throw new DomainError(
        'invalid-request',
        `The table ${name} differs between the databases. Migrate the source with "kickstand migrate", or move it with the version of its schema.`,
      )
    }
    if (key.length === 0) throw new DomainError('internal', `The table ${name} has no primary key.`)
  }
  const targetNames = new Set(target.map(({ name }) => name))
  return { tables: target, unknownTables: source.map(({ name }) => name).filter((name) => !targetNames.has(name)) }
}
