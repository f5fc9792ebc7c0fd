import { DomainError } from '@kickstand/domain'
import type { Database } from '#db/open-database.ts'

/** A table as it is moved: its columns in the order of their names, and those of its primary key. */
export type MovedTable = {
  readonly name: string
  readonly columns: readonly string[]
  /** Columns of whole numbers. */
  readonly whole: ReadonlySet<string>
  readonly key: readonly string[]
}

/** Where the target keeps how far the move is. */
export const STATE_TABLE = 'move_state'
/** What a database knows of itself, and not of riders. */
const OWN = new Set(['schema_migrations', 'migration_lock', STATE_TABLE])

/** Every table that the database really has, asked of its engine, so that none can be forgotten. */
export async function readTables({ db, engine }: Pick<Database, 'db' | 'engine'>): Promise<MovedTable[]> {
  const found = (await db.introspection.getTables()).filter(({ name, isView }) => !isView && !OWN.has(name))
  const tables: MovedTable[] = []
  for (const { name, columns } of found.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    tables.push({
      name,
      columns: columns.map((column) => column.name).toSorted(),
      whole: new Set(columns.filter(({ dataType }) => /int/i.test(dataType)).map((column) => column.name)),
      key: await engine.keyOf(db, name),
    })
  }
  return tables
}

/**
 * The tables to move: those of the target, which this code has made. Throws `invalid-request` where the source differs in any, or
 * a table cannot be read in the order of its key. Tables that only the source has are none of ours: they are returned by name.
 */
export function matchTables(
  source: readonly MovedTable[],
  target: readonly MovedTable[],
): { readonly tables: readonly MovedTable[]; readonly strange: readonly string[] } {
  for (const { name, columns, key } of target) {
    const twin = source.find((table) => table.name === name)
    if (twin === undefined || twin.columns.join() !== columns.join() || twin.key.join() !== key.join()) {
      throw new DomainError(
        'invalid-request',
        `The table ${name} is not the same in both databases. Bring the source up to this version with "kickstand migrate", or move it with the version that it was made with.`,
      )
    }
    if (key.length === 0) throw new DomainError('internal', `The table ${name} has no primary key to read it by.`)
  }
  const ours = new Set(target.map(({ name }) => name))
  return { tables: target, strange: source.map(({ name }) => name).filter((name) => !ours.has(name)) }
}
