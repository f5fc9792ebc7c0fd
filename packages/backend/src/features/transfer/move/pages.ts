import { DomainError } from '@kickstand/domain'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Schema } from '#db/schema.ts'
import type { MovedTable } from './tables.ts'

/** A value of a column, the same from every engine. */
export type Cell = number | string | Uint8Array | null
/** The cells of a row in the order of the table's columns. */
export type Row = readonly Cell[]
/** A position in the order of a table's key: the key of the last row read. */
export type Cursor = readonly Cell[]
export type Page = { readonly rows: readonly Row[]; readonly cursor: Cursor }

const MAX_PAGE_ROWS = 500
const BYTES_PER_PAGE = 2 << 20

/**
 * The rows of a table after a cursor, in the order of its key, page by page. The memory is bounded by bytes as well as
 * by rows. Each query selects rows with the same prefix of the key, the longest first: this is one range of an index on
 * every engine, unlike a comparison of whole keys.
 */
export async function* pagesOf(db: Kysely<Schema>, table: MovedTable, after: Cursor | null): AsyncGenerator<Page> {
  const keyAt = table.key.map((name) => table.columns.indexOf(name))
  const columns = sql.join(table.columns.map((name) => sql.ref(name)))
  let cursor = after
  let limit = MAX_PAGE_ROWS
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
      limit = Math.max(1, Math.min(MAX_PAGE_ROWS, Math.floor((BYTES_PER_PAGE * rows.length) / sizeOf(rows))))
    } else if (depth <= 1) return
    else depth -= 1
  }
}

/** Rows whose key equals the cursor in the first `depth - 1` columns and is greater in the next. */
function beyond(table: MovedTable, cursor: Cursor, depth: number): RawBuilder<unknown> {
  const parts = table.key.slice(0, depth).map((name, at) => {
    const value = cursor[at]
    return at === depth - 1 ? sql`${sql.ref(name)} > ${value}` : sql`${sql.ref(name)} = ${value}`
  })
  return sql.join(parts, sql` and `)
}

/** Approximate bytes of rows in memory. */
export function sizeOf(rows: readonly Row[]): number {
  let size = 1
  for (const row of rows) {
    for (const cell of row) size += typeof cell === 'number' || cell === null ? 8 : cell.length
  }
  return size
}

/** Throws `invalid-request` for a value that other engines cannot store exactly. */
function cellOf(table: MovedTable, column: string, value: unknown): Cell {
  if (value === null || typeof value === 'string' || value instanceof Uint8Array) {
    // Integers beyond 2^53 are text from one engine and rounded from the other.
    if (typeof value !== 'string' || !table.integerColumns.has(column)) return value
  } else if (typeof value === 'number') {
    // Engines do not distinguish 0 and -0.
    if (!table.integerColumns.has(column) ? Number.isFinite(value) : Number.isSafeInteger(value))
      return value === 0 ? 0 : value
  }
  throw new DomainError(
    'invalid-request',
    `${table.name}.${column} holds ${JSON.stringify(value)}, which cannot be copied exactly. Expected text, bytes, or a number that every engine can store. Correct that row in the source, then run the move again.`,
  )
}
