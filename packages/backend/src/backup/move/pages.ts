import { DomainError } from '@kickstand/domain'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Schema } from '#db/schema.ts'
import type { MovedTable } from './tables.ts'

/** What a column holds, the same from every engine. */
export type Cell = number | string | Uint8Array | null
/** The cells of a row in the order of the table's columns. */
export type Row = readonly Cell[]
/** A place in the order of a table's key: the key of the last row read. */
export type Cursor = readonly Cell[]
export type Page = { readonly rows: readonly Row[]; readonly cursor: Cursor }

const MOST_ROWS = 500
const BYTES_PER_PAGE = 2 << 20

/**
 * The rows of a table after a place, in the order of its key, page by page; what is held at once is bounded by bytes as well as by
 * rows. Each query asks for rows with the same beginning of the key, deepest first: that is one range of an index on every engine,
 * where a comparison of whole keys is not.
 */
export async function* pagesOf(db: Kysely<Schema>, table: MovedTable, after: Cursor | null): AsyncGenerator<Page> {
  const keyAt = table.key.map((name) => table.columns.indexOf(name))
  const columns = sql.join(table.columns.map((name) => sql.ref(name)))
  let cursor = after
  let limit = MOST_ROWS
  for (let depth = after === null ? 0 : table.key.length; ;) {
    const where = cursor === null || depth === 0 ? sql`` : sql`where ${beyond(table, cursor, depth)}`
    const order = sql.join(table.key.slice(Math.max(0, depth - 1)).map((name) => sql.ref(name)))
    const { rows: found } = await sql<Record<string, unknown>>`
      select ${columns} from ${sql.table(table.name)} ${where} order by ${order} limit ${sql.lit(limit)}`.execute(db)
    const rows = found.map((row) => table.columns.map((name) => cellOf(table, name, row[name])))
    const last = rows.at(-1)
    if (last !== undefined) {
      cursor = keyAt.map((at) => last[at] ?? null)
      yield { rows, cursor }
    }
    if (rows.length === limit) {
      depth = table.key.length
      limit = Math.max(1, Math.min(MOST_ROWS, Math.floor((BYTES_PER_PAGE * rows.length) / sizeOf(rows))))
    } else if (depth <= 1) return
    else depth -= 1
  }
}

/** Rows whose key begins as the cursor for `depth - 1` columns and lies beyond it in the next. */
function beyond(table: MovedTable, cursor: Cursor, depth: number): RawBuilder<unknown> {
  const parts = table.key.slice(0, depth).map((name, at) => {
    const value = cursor[at]
    return at === depth - 1 ? sql`${sql.ref(name)} > ${value}` : sql`${sql.ref(name)} = ${value}`
  })
  return sql.join(parts, sql` and `)
}

/** Bytes that some rows take in memory, roughly. */
export function sizeOf(rows: readonly Row[]): number {
  let size = 1
  for (const row of rows) {
    for (const cell of row) size += typeof cell === 'number' || cell === null ? 8 : cell.length
  }
  return size
}

/** Throws `invalid-request` for what no other engine could hold the same. */
function cellOf(table: MovedTable, column: string, value: unknown): Cell {
  if (value === null || typeof value === 'string' || value instanceof Uint8Array) {
    // Whole numbers beyond 2^53 come as text from one engine and rounded from the other.
    if (typeof value !== 'string' || !table.whole.has(column)) return value
  } else if (typeof value === 'number') {
    // Both zeros are one number to an engine.
    if (!table.whole.has(column) ? Number.isFinite(value) : Number.isSafeInteger(value)) return value === 0 ? 0 : value
  }
  throw new DomainError(
    'invalid-request',
    `${table.name}.${column} holds ${JSON.stringify(value)}, which cannot be carried exactly: expected a number that every engine can hold, text or bytes. Correct that row in the source, then run the move again.`,
  )
}
