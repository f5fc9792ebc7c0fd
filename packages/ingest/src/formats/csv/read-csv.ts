import { parse } from 'csv-parse/sync'
import { truncatedEnd, type FeedItem, type FeedItems, type FeedRow, COMPLETE_END } from '#feed-row.ts'
import type { FeedFile } from '#files/feed-file.ts'
import { type Encoding, textOf } from '#files/text-encoding.ts'
import { messageOf } from '#values.ts'
import { createCsvLines, type CsvRecord } from './csv-records.ts'

type Table = { readonly delimiter: string; columns: string[] | null; broken: string | null }

/** Excel's line that names the column separator, before the header. */
const SEPARATOR_LINE = /^\s*"?sep=([,;\t|])"?\s*$/i

/**
 * Reads delimited text with a header line. The delimiter is the profile's, else the most frequent one of comma,
 * semicolon, tab and bar in the header. An unreadable record loses itself only.
 */
export async function* readCsv(file: FeedFile, encoding: Encoding, delimiter: string | null): FeedItems {
  const lines = createCsvLines()
  const [first = '', second = ''] = new TextDecoder(encoding).decode(file.head).split(/\r?\n|\r/, 2)
  const named = SEPARATOR_LINE.exec(first)?.[1]
  const header = named === undefined ? first : second
  const table: Table = { delimiter: delimiter ?? named ?? delimiterOf(header), columns: null, broken: null }
  try {
    for await (const text of textOf(file, encoding)) yield* itemsOf(lines.push(text), table)
    yield* itemsOf(lines.end(), table)
  } catch (error) {
    yield truncatedEnd(`The file cannot be read to its end: ${messageOf(error)}.`)
    return
  }
  yield table.broken === null ? COMPLETE_END : truncatedEnd(table.broken)
}

export function delimiterOf(header: string): string {
  const bare = header.replaceAll(/"[^"]*"/g, '')
  const counts = [',', ';', '\t', '|'].map((sign) => [sign, bare.split(sign).length] as const)
  return counts.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ','
}

function* itemsOf(all: readonly CsvRecord[], table: Table): Generator<FeedItem> {
  const records = all.filter(({ line, text }) => line > 1 || !SEPARATOR_LINE.test(text))
  const cells = cellsOf(records, table.delimiter)
  for (const [i, record] of records.entries()) {
    const values = cells[i] ?? null
    if (table.columns === null && values !== null) {
      table.columns = values.map((name) => name.trim())
      continue
    }
    // A short line means a truncated file only if no line follows it.
    table.broken = null
    yield* recordItems(record, values, table)
  }
}

/** Parses all records at once if possible, since each parser setup costs more than a record; else one by one. */
function cellsOf(records: readonly CsvRecord[], delimiter: string): (string[] | null)[] {
  const closed = records.filter((record) => record.closed)
  const all = tryParse(closed.map((record) => record.text).join('\n'), delimiter)
  if (all !== null && all.length === closed.length) {
    const cells = new Map(closed.map((record, i) => [record, all[i] ?? null]))
    return records.map((record) => cells.get(record) ?? null)
  }
  return records.map((record) => {
    const parsed = record.closed ? tryParse(record.text, delimiter) : null
    return parsed?.length === 1 ? (parsed[0] ?? null) : null
  })
}

function tryParse(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true })
  } catch {
    return null
  }
}

function* recordItems(record: CsvRecord, values: string[] | null, table: Table): Generator<FeedItem> {
  const where = `line ${record.line}`
  const columns = table.columns ?? []
  if (values === null) {
    const reason = record.closed ? 'its quotes do not match' : 'it has an unclosed quote'
    table.broken = `The file may be truncated at line ${record.line}, which has an unclosed quote.`
    yield* rejectedLines(record, `${reason}; correct it in the file`, table)
    return
  }
  if (values.slice(columns.length).some((value) => value.trim() !== '')) {
    const reason = `has ${values.length} columns and the header ${columns.length}; quote fields that contain "${table.delimiter}"`
    yield* rejectedLines(record, reason, table)
    return
  }
  if (swallowsLines(record, values, table)) {
    yield* rejectedLines(record, 'its quotes do not match; correct them in the file', table)
    return
  }
  if (values.length < columns.length) {
    table.broken = `The file is truncated in line ${record.line}, which has ${values.length} of ${columns.length} columns.`
    yield { type: 'warning', row: { where, reason: `has ${values.length} of ${columns.length} columns` } }
  }
  yield { type: 'row', row: rowOf(where, columns, values) }
}

function rowOf(where: string, columns: readonly string[], values: readonly string[]): FeedRow {
  const fields: Record<string, string> = {}
  for (const [i, column] of columns.entries()) if (!Object.hasOwn(fields, column)) fields[column] = values[i] ?? ''
  return { where, id: null, fields, geometry: null }
}

/** Whether a stray quote joined several records into one field. */
function swallowsLines(record: CsvRecord, values: readonly string[], { columns, delimiter }: Table): boolean {
  const minColumns = (columns ?? []).length - 1
  return (
    minColumns > 0 &&
    record.text.includes('\n') &&
    values.some((value) => value.split('\n').length > 1 && value.split(delimiter).length > minColumns)
  )
}

/**
 * The lines of an unreadable record, one by one: two stray quotes may have joined intact records between them. A
 * damaged line is split at every delimiter, to identify its object by the other fields.
 */
function* rejectedLines(record: CsvRecord, reason: string, { columns, delimiter }: Table): Generator<FeedItem> {
  const names = columns ?? []
  for (const [i, text] of record.text.split('\n').entries()) {
    const cells = text.split(delimiter).map((cell) => cell.replaceAll('"', ''))
    const where = `line ${record.line + i}`
    // A line within a quoted field has no columns of its own.
    if (i > 0 && cells.length < names.length) continue
    const whole = i > 0 && text.split('"').length % 2 === 1 ? tryParse(text, delimiter)?.at(0) : undefined
    if (whole?.length === names.length) {
      yield { type: 'row', row: rowOf(where, names, whole) }
      continue
    }
    const remains = cells.length === names.length ? { remains: rowOf(where, names, cells) } : {}
    yield { type: 'rejected', row: { where, reason }, text, ...remains }
  }
}
