import { createSqlTokens, type SqlToken } from './sql-tokens.ts'

/** A row of an INSERT. `columns` are null where neither the INSERT nor a CREATE TABLE before it names them. */
export type DumpRow = {
  readonly table: string
  readonly columns: readonly string[] | null
  readonly values: readonly unknown[]
}

export type SqlDump = {
  /** Parses the next part of the text. Returns the rows that end in it. */
  push(text: string): DumpRow[]
  /** To be called after the last part. Returns an error if the text ends in the middle of a statement, else null. */
  end(): string | null
}

/** First words of the definitions in a CREATE TABLE that are not columns. */
const NOT_A_COLUMN = new Set([
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
  | { readonly kind: 'create'; table: string | null; depth: number; expectsColumn: boolean; readonly columns: string[] }
  | {
      readonly kind: 'insert'
      table: string | null
      columns: string[] | null
      inColumnNames: boolean
      values: unknown[] | null
      afterValues: boolean
    }

/**
 * Parses a dump from a stream of text: the rows of INSERT and REPLACE statements, and the column names of CREATE TABLE.
 * All other statements are skipped.
 */
export function createSqlDump(): SqlDump {
  const tokens = createSqlTokens()
  const columnsOf = new Map<string, readonly string[]>()
  let statement: Statement | null = null

  function begin({ kind, value }: SqlToken): Statement {
    const word = kind === 'word' ? value.toUpperCase() : ''
    if (word === 'CREATE') return { kind: 'create', table: null, depth: 0, expectsColumn: false, columns: [] }
    if (word !== 'INSERT' && word !== 'REPLACE') return { kind: 'other' }
    return { kind: 'insert', table: null, columns: null, inColumnNames: false, values: null, afterValues: false }
  }

  function addToken(token: SqlToken): DumpRow | null {
    if (token.kind === 'mark' && token.value === ';') {
      if (statement?.kind === 'create' && statement.table !== null) columnsOf.set(statement.table, statement.columns)
      statement = null
      return null
    }
    if (statement === null) statement = begin(token)
    else if (statement.kind === 'create') addToCreate(statement, token)
    else if (statement.kind === 'insert') return addToInsert(statement, token)
    return null
  }

  function addToInsert(into: Statement & { kind: 'insert' }, { kind, value }: SqlToken): DumpRow | null {
    if (!into.afterValues) {
      if (kind === 'mark') into.inColumnNames = value === '(' || (into.inColumnNames && value !== ')')
      if (kind === 'mark') into.columns ??= value === '(' ? [] : null
      else if (into.inColumnNames) into.columns?.push(value)
      else if (kind === 'word' && /^VALUES?$/i.test(value)) into.afterValues = true
      else if (kind === 'name' || !/^(?:INTO|IGNORE|LOW_PRIORITY|DELAYED|HIGH_PRIORITY|\.)$/i.test(value))
        into.table = lastName(value)
      return null
    }
    if (into.values === null) {
      if (kind === 'mark' && value === '(') into.values = []
      return null
    }
    // `_binary 'text'`: the name of the character set is ignored.
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
        const row = addToken(token)
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

function addToCreate(create: Statement & { kind: 'create' }, { kind, value }: SqlToken): void {
  if (kind === 'mark') {
    if (value === '(') create.depth += 1
    if (value === ')') create.depth -= 1
    create.expectsColumn = create.depth === 1 && (value === '(' || value === ',')
    return
  }
  if (create.depth === 0) {
    if (kind === 'name' && create.columns.length === 0) create.table = lastName(value)
    else if (create.table === null && !/^(?:TABLE|TEMPORARY|IF|NOT|EXISTS)$/i.test(value))
      create.table = lastName(value)
  } else if (create.expectsColumn) {
    if (kind === 'name' || !NOT_A_COLUMN.has(value.toUpperCase())) create.columns.push(value)
    create.expectsColumn = false
  }
}

function valueOf(kind: SqlToken['kind'], value: string): unknown {
  if (kind === 'text') return value
  if (kind === 'bytes') return Buffer.from(value, 'hex').toString()
  const word = value.toUpperCase()
  if (word === 'NULL') return null
  if (word === 'TRUE' || word === 'FALSE') return word === 'TRUE'
  // Numbers that a double cannot hold exactly are kept as text.
  return NUMBER.test(value) && Math.abs(Number(value)) < Number.MAX_SAFE_INTEGER ? Number(value) : value
}
