import { parse } from 'csv-parse/sync'
import { createCsvLines, type CsvRecord } from './csv-records.ts'
import type { FeedFile } from './feed-file.ts'
import { brokenOff, type FeedItem, type FeedItems, type FeedRow, WHOLE } from './feed-row.ts'
import { messageOf } from './json-rows.ts'
import { type Encoding, textOf } from './text-encoding.ts'

type Table = { readonly delimiter: string; columns: string[] | null; broken: string | null }

/** Excel's line that names the column separator. It comes before the header and is not part of the table. */
const SEPARATOR_LINE = /^\s*"?sep=([,;\t|])"?\s*$/i

/**
 * Delimited text with a header line: comma, semicolon, tab or bar, whichever the header has most of, unless the profile
 * says. A record that cannot be read costs itself only.
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
    yield brokenOff(`The file cannot be read to its end: ${messageOf(error)}.`)
    return
  }
  yield table.broken === null ? WHOLE : brokenOff(table.broken)
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
    // A line that ends too early is only a sign that the file broke off where no line follows it.
    table.broken = null
    yield* recordItems(record, values, table)
  }
}

/** All records at once where that goes well, since setting the parser up costs more than a record; else one by one. */
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
    const reason = record.closed ? 'its quotes do not match' : 'a quote is opened in it and not closed'
    table.broken = `The file may break off at line ${record.line}: a quote is opened there and not closed.`
    yield* rejectedLines(record, `${reason}; correct it in the file`, table)
    return
  }
  if (values.slice(columns.length).some((value) => value.trim() !== '')) {
    const reason = `has ${values.length} columns and the header ${columns.length}; quote fields that hold "${table.delimiter}"`
    yield* rejectedLines(record, reason, table)
    return
  }
  if (swallowsLines(record, values, table)) {
    yield* rejectedLines(record, 'its quotes do not match; correct them in the file', table)
    return
  }
  if (values.length < columns.length) {
    table.broken = `The file breaks off in line ${record.line}, which has ${values.length} of ${columns.length} columns.`
    yield { type: 'warning', row: { where, reason: `has ${values.length} of ${columns.length} columns` } }
  }
  yield { type: 'row', row: rowOf(where, columns, values) }
}

function rowOf(where: string, columns: readonly string[], values: readonly string[]): FeedRow {
  const fields: Record<string, string> = {}
  for (const [i, column] of columns.entries()) if (!Object.hasOwn(fields, column)) fields[column] = values[i] ?? ''
  return { where, id: null, fields, geometry: null }
}

/** Whether a stray quote made one field of several lines, which are records of their own. */
function swallowsLines(record: CsvRecord, values: readonly string[], { columns, delimiter }: Table): boolean {
  const least = (columns ?? []).length - 1
  return (
    least > 0 &&
    record.text.includes('\n') &&
    values.some((value) => value.split('\n').length > 1 && value.split(delimiter).length > least)
  )
}

/**
 * Each line of a record that cannot be read, by itself: two stray quotes may have joined the records between them, which are whole. Cut at
 * every delimiter, the others still tell which object they are of.
 */
function* rejectedLines(record: CsvRecord, reason: string, { columns, delimiter }: Table): Generator<FeedItem> {
  const names = columns ?? []
  for (const [i, text] of record.text.split('\n').entries()) {
    const cells = text.split(delimiter).map((cell) => cell.replaceAll('"', ''))
    const where = `line ${record.line + i}`
    // Lines within a field have no columns of their own.
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
