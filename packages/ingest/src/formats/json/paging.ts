import { readNumber } from '@kickstand/domain'
import { truncatedEnd, type FeedItem } from '#feed-row.ts'
import type { Profile } from '#profiles/profile-schema.ts'
import { fieldsOf, parseJson } from '#values.ts'
import type { JsonPiece } from './json-rows.ts'

type Members = ReadonlyMap<string, string>

/** Rows of a full page of LTA DataMall: more pages follow it. */
const DATAMALL_PAGE_ROWS = 500

/**
 * Detects a response that is one page of several: the service states the total number of rows, or that it stopped at
 * its limit. Such a file is not complete and removes no zones.
 */
export async function* withPages(
  pieces: AsyncIterable<JsonPiece>,
  members: Members,
  profile: Profile,
): AsyncGenerator<JsonPiece, void, undefined> {
  if (isPaged(profile)) return yield* pieces
  let rows = 0
  for await (const piece of pieces) {
    if ('row' in piece) rows += 1
    yield 'end' in piece ? { end: endOf(piece.end, members, rows) } : piece
  }
}

/** Whether the profile fetches page by page; then a single page is expected in one response. */
function isPaged({ static: zones, live }: Profile): boolean {
  return [zones, live].some((channel) => channel?.pages !== undefined || Array.isArray(channel?.address))
}

function endOf(end: FeedItem, members: Members, rows: number): FeedItem {
  if (end.type !== 'end' || !end.complete) return end
  const value = (name: string): unknown => parseJson(members.get(name))
  const all = ['total_count', 'numberMatched'].map((name) => readNumber(value(name))).find((count) => count !== null)
  if (all !== undefined && all !== null && all > rows) {
    return truncatedEnd(`The response has ${rows} of ${all} rows: it is one page of several. Export all rows.`)
  }
  const stopped = value('exceededTransferLimit') ?? fieldsOf(value('properties'))['exceededTransferLimit']
  const datamall = members.has('odata.metadata') && rows > 0 && rows % DATAMALL_PAGE_ROWS === 0
  if (stopped !== true && !datamall) return end
  return truncatedEnd(
    `The response ends after ${rows} rows at the limit of its service. Fetch all pages and join them.`,
  )
}
