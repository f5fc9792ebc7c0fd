import type BetterSqlite3 from 'better-sqlite3'
import type { RowInsert, Value } from '../row-inserts.ts'

/** Rows to insert in one transaction, unless rows with these keys exist. Passed between threads. */
export type Batch = {
  readonly unless: { readonly table: string; readonly column: string; readonly keys: readonly string[] }
  readonly inserts: readonly RowInsert[]
}

export type FoundRow = Record<string, Value>

/**
 * Runs batches on a connection, one transaction each. Returns the existing rows; if there are any, nothing was
 * inserted.
 */
export function createBatchRunner(database: BetterSqlite3.Database): (batch: Batch) => FoundRow[] {
  const statements = new Map<string, BetterSqlite3.Statement<Value[], FoundRow>>()

  function prepared(text: string): BetterSqlite3.Statement<Value[], FoundRow> {
    const known = statements.get(text)
    if (known !== undefined) return known
    const statement = database.prepare<Value[], FoundRow>(text)
    statements.set(text, statement)
    return statement
  }

  function find({ table, column, keys }: Batch['unless']): FoundRow[] {
    if (keys.length === 0) return []
    const text = `select * from "${table}" where "${column}" in (select value from json_each(?))`
    return prepared(text).all(JSON.stringify(keys))
  }

  function insert({ table, columns, rows, ignoresDuplicates }: RowInsert): void {
    const names = columns.map((name) => `"${name}"`).join(', ')
    const places = columns.map(() => '?').join(', ')
    const into = ignoresDuplicates ? 'insert or ignore into' : 'insert into'
    const statement = prepared(`${into} "${table}" (${names}) values (${places})`)
    for (const row of rows) statement.run(...row)
  }

  return ({ unless, inserts }) => {
    database.exec('begin immediate')
    try {
      const found = find(unless)
      if (found.length === 0) for (const one of inserts) insert(one)
      database.exec('commit')
      return found
    } catch (error) {
      if (database.inTransaction) database.exec('rollback')
      throw error
    }
  }
}
