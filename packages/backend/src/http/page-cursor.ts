import { DomainError } from '@kickstand/domain'
import type { FastifyReply } from 'fastify'

/** The last row of a page in the order of a list: its sort value, and its id where several have the same. */
export type PageCursor = { readonly sort: string; readonly id: string }

/** `list`: the list that a cursor belongs to, so that one of another list is rejected. */
export function writePageCursor(list: string, { sort, id }: PageCursor): string {
  return Buffer.from(JSON.stringify([list, id, sort])).toString('base64url')
}

/** Null for the first page. Throws `invalid-request` for a cursor that this list did not give out. */
export function readPageCursor(list: string, cursor: string | undefined): PageCursor | null {
  if (cursor === undefined) return null
  const parts = parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (Array.isArray(parts) && parts.length === 3 && parts[0] === list) {
    const [, id, sort]: unknown[] = parts
    if (typeof id === 'string' && typeof sort === 'string') return { sort, id }
  }
  const message = 'is not a cursor of this list; leave it out to start again'
  throw new DomainError('invalid-request', `The cursor ${message}.`, [{ pointer: '?cursor', message }])
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** Sets `Link: rel="next"` where there is another page. `query`: of the request. */
export function linkNextPage(
  reply: FastifyReply,
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
  cursor: string | null,
): void {
  if (cursor === null) return
  const next = Object.entries({ ...query, cursor }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )
  reply.header('link', `<${path}?${new URLSearchParams(next).toString()}>; rel="next"`)
}
