import { createSqlTokens, type SqlToken } from './sql-tokens.ts'

/** A row of an INSERT. `columns` are null where neither the INSERT nor a CREATE TABLE before it names them. */
export type DumpRow = {
  readonly table: string
  readonly columns: readonly string[] | null
  readonly values: readonly unknown[]
}

export type SqlDump = {
  push(text: string): DumpRow[]
  /** The error of the text as a whole; null where it is complete. */
  end(): string | null
}

const NO_COLUMN = new Set([
  'PRIMARY',
  'KEY',
  'UNIQUE',
  'CONSTRAINT',
  'INDEX',
  'FULLTEXT',
  'SPATIAL',
  'FOREIGN',
  'CHECK',
  'PERIOD',
])
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

type Statement =
  | { readonly kind: 'other' }
  | { readonly kind: 'create'; table: string | null; depth: number; isColumn: boolean; readonly columns: string[] }
  | {
      readonly kind: 'insert'
      table: string | null
      columns: string[] | null
      inNames: boolean
      values: unknown[] | null
      begun: boolean
    }

/** Reads the rows of a dump's INSERT statements from a stream of text. All other statements are skipped. */
export function createSqlDump(): SqlDump {
  const tokens = createSqlTokens()
  const columnsOf = new Map<string, readonly string[]>()
  let statement: Statement | null = null

  function begin({ kind, value }: SqlToken): Statement {
    const word = kind === 'word' ? value.toUpperCase() : ''
    if (word === 'CREATE') return { kind: 'create', table: null, depth: 0, isColumn: false, columns: [] }
    if (word !== 'INSERT' && word !== 'REPLACE') return { kind: 'other' }
    return { kind: 'insert', table: null, columns: null, inNames: false, values: null, begun: false }
  }

  function take(token: SqlToken): DumpRow | null {
    if (token.kind === 'mark' && token.value === ';') {
      if (statement?.kind === 'create' && statement.table !== null) columnsOf.set(statement.table, statement.columns)
      statement = null
      return null
    }
    if (statement === null) statement = begin(token)
    else if (statement.kind === 'create') define(statement, token)
    else if (statement.kind === 'insert') return insert(statement, token)
    return null
  }

  function insert(into: Statement & { kind: 'insert' }, { kind, value }: SqlToken): DumpRow | null {
    if (!into.begun) {
      if (kind === 'mark') into.inNames = value === '(' || (into.inNames && value !== ')')
      if (kind === 'mark') into.columns ??= value === '(' ? [] : null
      else if (into.inNames) into.columns?.push(value)
      else if (kind === 'word' && /^VALUES?$/i.test(value)) into.begun = true
      else if (kind === 'name' || !/^(?:INTO|IGNORE|LOW_PRIORITY|DELAYED|HIGH_PRIORITY|\.)$/i.test(value))
        into.table = lastName(value)
      return null
    }
    if (into.values === null) {
      if (kind === 'mark' && value === '(') into.values = []
      return null
    }
    // `_binary 'text'`: the charset is ignored.
    if (kind === 'word' && value.startsWith('_')) return null
    if (kind !== 'mark') into.values.push(valueOf(kind, value))
    if (kind !== 'mark' || value !== ')') return null
    const table = into.table ?? ''
    const row = { table, columns: into.columns ?? columnsOf.get(table) ?? null, values: into.values }
    into.values = null
    return row
  }

  return {
    push(text) {
      const rows: DumpRow[] = []
      for (const token of tokens(text)) {
        const row = take(token)
        if (row !== null) rows.push(row)
      }
      return rows
    },
    end: () => (statement === null ? null : 'breaks off in the middle of a statement'),
  }
}

/** A dump may prefix the table with its database: `db`.`table` or db.table. */
function lastName(value: string): string {
  return value.slice(value.lastIndexOf('.') + 1)
}

function define(table: Statement & { kind: 'create' }, { kind, value }: SqlToken): void {
  if (kind === 'mark') {
    if (value === '(') table.depth += 1
    if (value === ')') table.depth -= 1
    table.isColumn = table.depth === 1 && (value === '(' || value === ',')
    return
  }
  if (table.depth === 0) {
    if (kind === 'name' && table.columns.length === 0) table.table = lastName(value)
    else if (table.table === null && !/^(?:TABLE|TEMPORARY|IF|NOT|EXISTS)$/i.test(value)) table.table = lastName(value)
  } else if (table.isColumn) {
    if (kind === 'name' || !NO_COLUMN.has(value.toUpperCase())) table.columns.push(value)
    table.isColumn = false
  }
}

function valueOf(kind: SqlToken['kind'], value: string): unknown {
  if (kind === 'text') return value
  if (kind === 'bytes') return Buffer.from(value, 'hex').toString()
  const word = value.toUpperCase()
  if (word === 'NULL') return null
  if (word === 'TRUE' || word === 'FALSE') return word === 'TRUE'
  // Numbers too large for a double are kept as text.
  return NUMBER.test(value) && Math.abs(Number(value)) < Number.MAX_SAFE_INTEGER ? Number(value) : value
}
