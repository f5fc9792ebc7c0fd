import { truncatedEnd, type FeedItem, COMPLETE_END } from '#feed-row.ts'
import type { FeedFile } from '#files/feed-file.ts'
import { type Encoding, textOf, utf8Of } from '#files/text-encoding.ts'
import { messageOf } from '#values.ts'
import { createJsonScanner, type JsonRow } from './json-scanner.ts'

/** A row of a JSON file as text, or, last, how the file ended. */
export type JsonPiece = { readonly row: JsonRow } | { readonly end: FeedItem }

/** The elements of the list at `rowsPath`. */
export async function* jsonRows(
  file: FeedFile,
  encoding: Encoding,
  rowsPath: string,
): AsyncGenerator<JsonPiece, void, undefined> {
  const scanner = createJsonScanner(rowsPath)
  try {
    for await (const chunk of utf8Of(file, encoding)) {
      for (const row of scanner.push(chunk)) yield { row }
    }
  } catch (error) {
    yield { end: truncatedEnd(`The file cannot be read to its end: ${messageOf(error)}.`) }
    return
  }
  const problem = scanner.end()
  yield { end: problem === null ? COMPLETE_END : truncatedEnd(`The JSON ${problem}. The rows before that were read.`) }
}

const MAX_LINE_LENGTH = 16 << 20

/** The lines of newline-delimited JSON, or of RFC 8142 sequences, where each starts with a record separator. */
export async function* jsonLines(file: FeedFile, encoding: Encoding): AsyncGenerator<JsonPiece, void, undefined> {
  let rest = ''
  let number = 0
  try {
    for await (const text of textOf(file, encoding)) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > MAX_LINE_LENGTH) {
        yield { end: truncatedEnd(`Line ${number + 1} is over 16 MB long. The lines before it were read.`) }
        return
      }
      for (const line of lines) {
        number += 1
        const row = line.replaceAll('\u001E', '').trim()
        if (row !== '') yield { row: { number, text: row } }
      }
    }
  } catch (error) {
    yield { end: truncatedEnd(`The file cannot be read to its end: ${messageOf(error)}.`) }
    return
  }
  const last = rest.replaceAll('\u001E', '').trim()
  if (last !== '' && !isJson(last)) {
    yield { end: truncatedEnd(`The last line (${number + 1}) is truncated. The lines before it were read.`) }
    return
  }
  if (last !== '') yield { row: { number: number + 1, text: last } }
  yield { end: COMPLETE_END }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
