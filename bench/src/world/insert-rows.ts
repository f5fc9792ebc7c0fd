import type { Database } from '@kickstand/backend'
import { CompiledQuery } from 'kysely'

export type Value = string | number | null

const ROWS_PER_STATEMENT = 50

/** Inserts many rows with multi-row statements. `end` writes the remaining rows. */
export function insertRows(
  tx: Pick<Database['db'], 'executeQuery'>,
  table: string,
  columns: readonly string[],
): { add(row: readonly Value[]): Promise<void>; end(): Promise<void> } {
  const one = `(${columns.map(() => '?').join(', ')})`
  let values: Value[] = []

  async function write(): Promise<void> {
    const rows = values.length / columns.length
    if (rows === 0) return
    const all = Array.from({ length: rows }, () => one).join(', ')
    await tx.executeQuery(CompiledQuery.raw(`insert into ${table} (${columns.join(', ')}) values ${all}`, values))
    values = []
  }

  return {
    async add(row) {
      values.push(...row)
      if (values.length === ROWS_PER_STATEMENT * columns.length) await write()
    },
    end: write,
  }
}
