import type { AuditListBody, AuditQuery } from '@kickstand/contract'
import { DomainError, organisationsWith, permissionFor, type Principal } from '@kickstand/domain'
import { listEntries } from '#audit/list-entries.ts'
import type { Db } from '#db/schema.ts'
import { rejectUnless } from '#http/auth/access.ts'
import { readPageCursor, writePageCursor } from '#http/page-cursor.ts'

const LIST = 'audit'
const DEFAULT_LIMIT = 50

/**
 * Reads a page of the audit log, newest entries first. Owners get the entries of their organisations. Auditors and admins get
 * all entries. Throws `organisation-not-found` for an organisation of others, `invalid-request` for an object without a kind.
 */
export async function listAudit(db: Db, principal: Principal, query: AuditQuery): Promise<AuditListBody> {
  const { action, object, organisationId, from, to, cursor, limit = DEFAULT_LIMIT } = query
  if (organisationId !== undefined) rejectUnless(permissionFor(principal, 'audit:read', { organisationId }))
  const visible = organisationsWith(principal, 'audit:read')
  const found = await listEntries(db, {
    action,
    object: object === undefined ? undefined : readObject(object),
    organisations: organisationId === undefined ? visible : [organisationId],
    from: readTime(from, '?from'),
    to: readTime(to, '?to'),
    before: readPageCursor(LIST, cursor)?.id ?? null,
    limit: limit + 1,
  })
  const entries = found.slice(0, limit)
  const last = found.length > limit ? entries.at(-1) : undefined
  return { entries, nextCursor: last === undefined ? null : writePageCursor(LIST, { sort: '', id: last.id }) }
}

function readObject(text: string): { kind: string; id: string } {
  const colon = text.indexOf(':')
  if (colon > 0) return { kind: text.slice(0, colon), id: text.slice(colon + 1) }
  const message = 'must be kind:id, such as account:0abc'
  throw new DomainError('invalid-request', `The value of object ${message}.`, [{ pointer: '?object', message }])
}

function readTime(text: string | undefined, pointer: string): number | undefined {
  const time = text === undefined ? undefined : Date.parse(text)
  if (time === undefined || !Number.isNaN(time)) return time
  // RFC 3339 has leap seconds. JavaScript dates do not.
  const message = 'must be a time such as 2026-03-04T12:00:00Z'
  throw new DomainError('invalid-request', `The time ${message}.`, [{ pointer, message }])
}
