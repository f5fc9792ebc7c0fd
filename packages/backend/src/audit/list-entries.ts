import type { Db } from '#db/schema.ts'
import { readEntriesBefore, readValues, type EntryFilter } from './audit-store.ts'

/** An entry as it is shown. `actor.name` and `reason`: null if the personal value was erased or never given. */
export type ShownEntry = {
  readonly id: string
  /** RFC 3339. */
  readonly at: string
  readonly actor: { readonly kind: string; readonly name: string | null }
  readonly action: string
  readonly object: { readonly kind: string; readonly id: string }
  readonly before: unknown
  readonly after: unknown
  readonly reason: string | null
  readonly organisationId: string | null
  readonly requestId: string | null
}

/** A page of the audit log before an id, newest first. */
export async function listEntries(
  db: Db,
  { before = null, limit, ...filter }: EntryFilter & { readonly before?: string | null; readonly limit: number },
): Promise<ShownEntry[]> {
  const rows = await readEntriesBefore(db, before, limit, filter)
  const ids = rows.map(({ id }) => id)
  const values = new Map((await readValues(db, ids)).map((one) => [`${one.field} ${one.entry_id}`, one.value]))
  return rows.map((row) => ({
    id: row.id,
    at: new Date(row.at).toISOString(),
    actor: { kind: row.actor_kind, name: values.get(`actor ${row.id}`) ?? null },
    action: row.action,
    object: { kind: row.object_kind, id: row.object_id },
    before: withValues(row.value_before, (key) => values.get(`before.${key} ${row.id}`)),
    after: withValues(row.value_after, (key) => values.get(`after.${key} ${row.id}`)),
    reason: values.get(`reason ${row.id}`) ?? null,
    organisationId: row.organisation_id,
    requestId: row.request_id,
  }))
}

/** The object of an entry with the personal values that are still stored; null for those that were erased. */
function withValues(json: string | null, valueOf: (key: string) => string | undefined): unknown {
  const object: unknown = json === null ? null : JSON.parse(json)
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return object
  return Object.fromEntries(
    Object.entries(object).map(([key, value]: [string, unknown]) => [
      key,
      isDigest(value) ? (valueOf(key) ?? null) : value,
    ]),
  )
}

function isDigest(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).join(',') === 'digest'
}

/** All entries, newest first. */
export async function* allEntries(db: Db, pageSize = 500): AsyncGenerator<ShownEntry> {
  for (let before: string | null = null; ;) {
    const page = await listEntries(db, { before, limit: pageSize })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    before = last.id
  }
}
