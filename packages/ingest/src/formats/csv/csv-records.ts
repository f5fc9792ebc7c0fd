/**
 * Joins lines into CSV records: a quoted field may contain line breaks, so lines are joined until their quotes are
 * balanced. After `MAX_RECORD_LINES` lines a quote counts as unclosed, since joining the rest of the file would lose
 * it all. The line with the open quote is then rejected, and the lines after it are parsed again.
 */
const MAX_RECORD_LINES = 30
const MAX_LINE_LENGTH = 16 << 20

/** `closed` is false where the record opens a quote that is never closed. Lines count from 1. */
export type CsvRecord = { readonly line: number; readonly text: string; readonly closed: boolean }

export type CsvLines = { push(text: string): CsvRecord[]; end(): CsvRecord[] }

type Line = { readonly line: number; readonly text: string }

/** Takes text in pieces of any length. `push` returns the records that are complete, `end` the rest. */
export function createCsvLines(): CsvLines {
  let rest = ''
  let count = 0
  let open: Line[] = []
  let quotes = 0
  let records: CsvRecord[] = []

  function addLine(line: Line): void {
    open.push(line)
    quotes += line.text.split('"').length - 1
    if (quotes % 2 === 0) {
      const text = open.map((one) => one.text).join('\n')
      if (text.trim() !== '') records.push({ line: open[0]?.line ?? line.line, text, closed: true })
      open = []
      quotes = 0
    } else if (open.length >= MAX_RECORD_LINES) rejectFirst()
  }

  function rejectFirst(): void {
    const [first, ...others] = open
    open = []
    quotes = 0
    if (first !== undefined) records.push({ ...first, closed: false })
    for (const other of others) addLine(other)
  }

  function add(text: string): void {
    count += 1
    addLine({ line: count, text })
  }

  function takeRecords(): CsvRecord[] {
    const now = records
    records = []
    return now
  }

  return {
    push(text) {
      // A lone carriage return ends a line too, but at the end of a chunk it may be half of a CRLF.
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      if (rest.length > MAX_LINE_LENGTH) throw new Error(`line ${count + 1} is over ${MAX_LINE_LENGTH >> 20} MB long`)
      for (const line of lines) add(line)
      return takeRecords()
    },
    end() {
      if (rest !== '') add(rest.replace(/\r$/, ''))
      while (open.length > 0) rejectFirst()
      return takeRecords()
    },
  }
}
