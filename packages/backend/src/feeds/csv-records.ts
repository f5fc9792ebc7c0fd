/**
 * Lines put together into records: a quoted field may hold line breaks, so lines belong together until their quotes are
 * even. Past a few lines they do not: then a quote was left open, and taking the rest of the file for one field would lose
 * it all for one slip. The line that opened the quote is given up, and those after it are looked at afresh.
 */
const MOST_LINES = 30
const LONGEST_LINE = 16 << 20

/** `closed` false: the record opens a quote that is never closed. Lines count from 1. */
export type CsvRecord = { readonly line: number; readonly text: string; readonly closed: boolean }

export type CsvLines = { push(text: string): CsvRecord[]; end(): CsvRecord[] }

type Line = { readonly line: number; readonly text: string }

export function createCsvLines(): CsvLines {
  let rest = ''
  let count = 0
  let open: Line[] = []
  let quotes = 0
  let records: CsvRecord[] = []

  function feed(line: Line): void {
    open.push(line)
    quotes += line.text.split('"').length - 1
    if (quotes % 2 === 0) {
      const text = open.map((one) => one.text).join('\n')
      if (text.trim() !== '') records.push({ line: open[0]?.line ?? line.line, text, closed: true })
      open = []
      quotes = 0
    } else if (open.length >= MOST_LINES) giveUp()
  }

  function giveUp(): void {
    const [first, ...others] = open
    open = []
    quotes = 0
    if (first !== undefined) records.push({ ...first, closed: false })
    for (const other of others) feed(other)
  }

  function add(text: string): void {
    count += 1
    feed({ line: count, text })
  }

  function taken(): CsvRecord[] {
    const now = records
    records = []
    return now
  }

  return {
    push(text) {
      // A lone carriage return ends a line too, but at the end of a piece it may be half of a pair.
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      if (rest.length > LONGEST_LINE) throw new Error(`line ${count + 1} is over ${LONGEST_LINE >> 20} MB long`)
      for (const line of lines) add(line)
      return taken()
    },
    end() {
      if (rest !== '') add(rest.replace(/\r$/, ''))
      while (open.length > 0) giveUp()
      return taken()
    },
  }
}
