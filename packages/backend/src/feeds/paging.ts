import { readNumber } from '@kickstand/domain'
import { brokenOff, type FeedItem } from './feed-row.ts'
import type { JsonPiece } from './json-rows.ts'
import type { Profile } from './profile-schema.ts'
import { fieldsOf, parseJson } from './values.ts'

type Members = ReadonlyMap<string, string>

/** Rows of LTA DataMall's pages: a full one has more behind it. */
const DATAMALL_PAGE = 500

/**
 * Notices an answer that is one page of several: a service that says how many rows there are in all, or that it stopped at its
 * limit. Such a file is not complete, however well it is formed, and takes no zone away.
 */
export async function* withPages(
  pieces: AsyncIterable<JsonPiece>,
  members: Members,
  profile: Profile,
): AsyncGenerator<JsonPiece, void, undefined> {
  if (asksForPages(profile)) return yield* pieces
  let rows = 0
  for await (const piece of pieces) {
    if ('row' in piece) rows += 1
    yield 'end' in piece ? { end: endOf(piece.end, members, rows) } : piece
  }
}

/** Where the feed is fetched page by page, a page is what is meant to be in one answer. */
function asksForPages({ static: zones, live }: Profile): boolean {
  return [zones, live].some((channel) => channel?.pages !== undefined || Array.isArray(channel?.address))
}

function endOf(end: FeedItem, members: Members, rows: number): FeedItem {
  if (end.type !== 'end' || !end.complete) return end
  const value = (name: string): unknown => parseJson(members.get(name))
  const all = ['total_count', 'numberMatched'].map((name) => readNumber(value(name))).find((count) => count !== null)
  if (all !== undefined && all !== null && all > rows) {
    return brokenOff(`The answer has ${rows} of ${all} rows: it is one page of several. Ask for an export of all.`)
  }
  const stopped = value('exceededTransferLimit') ?? fieldsOf(value('properties'))['exceededTransferLimit']
  const datamall = members.has('odata.metadata') && rows > 0 && rows % DATAMALL_PAGE === 0
  if (stopped !== true && !datamall) return end
  return brokenOff(`The answer stops after ${rows} rows at the limit of its service. Ask for all pages and join them.`)
}
