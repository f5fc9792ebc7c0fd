import type { FeedItem, FeedItems } from '#feed-row.ts'
import { idOf, fieldsOf, isFields, listOf, parseJson } from '#values.ts'
import type { JsonPiece } from './json-rows.ts'
import { salvageJson } from './salvage-json.ts'

/**
 * Reads rows of a JSON table: objects, or arrays whose columns are named elsewhere, as in Socrata's export
 * (`meta.view.columns`).
 */
export async function* readJsonTable(pieces: AsyncIterable<JsonPiece>, columns: readonly string[] | null): FeedItems {
  for await (const piece of pieces) yield 'end' in piece ? piece.end : tableItem(piece.row, columns)
}

function tableItem(row: { number: number; text: string }, columns: readonly string[] | null): FeedItem {
  const where = `row ${row.number}`
  const value = parseJson(row.text)
  if (isFields(value)) return { type: 'row', row: { where, id: idOf(value['id']), fields: value, geometry: null } }
  if (Array.isArray(value) && columns !== null) {
    const fields = Object.fromEntries(columns.map((column, i) => [column, listOf(value)[i]]))
    return { type: 'row', row: { where, id: null, fields, geometry: null } }
  }
  const reason = Array.isArray(value)
    ? 'is a list, and the file does not say what its columns are'
    : 'is not valid JSON; correct it in the file'
  const remains = salvageJson(row.text)
  return {
    type: 'rejected',
    row: { where, reason },
    text: row.text,
    ...(remains === null ? {} : { remains: { where, id: idOf(remains['id']), fields: remains, geometry: null } }),
  }
}

/** The column names in Socrata's `meta`, or null where there are none. */
export function socrataColumns(meta: string | undefined): string[] | null {
  const columns = listOf(fieldsOf(fieldsOf(parseJson(meta))['view'])['columns'])
  const names = columns.map((column) => fieldsOf(column)['fieldName']).filter((name) => typeof name === 'string')
  return names.length === 0 || names.length < columns.length ? null : names
}
