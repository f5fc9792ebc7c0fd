/** A column of a CSV file: its heading and the value of a row. */
export type CsvColumn<Row> = { readonly heading: string; readonly valueOf: (row: Row) => string | number | null }

/** Spreadsheets run cells that begin with these as formulas. */
const FORMULA_START = /^[=+\-@\t\r]/
const NEEDS_QUOTES = /[",\r\n]/

function cell(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'string' && FORMULA_START.test(value) ? `'${value}` : String(value)
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows as CSV (RFC 4180). Texts that a spreadsheet would run as formulas get an apostrophe in front. */
export function toCsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ heading }) => heading),
    ...rows.map((row) => columns.map(({ valueOf }) => valueOf(row))),
  ]
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')
}
