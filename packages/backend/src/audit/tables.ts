/** Each change by a person or a machine, in the transaction of the change. Rows are never changed or deleted. */
export type AuditEntriesTable = {
  id: string
  at: number
  actor_kind: 'command'
  /** Digest of the name, whose value is in `audit_values`. */
  actor: string
  /** What was done, such as `feed-keys:create`. */
  action: string
  object_kind: string
  object_id: string
  /** JSON of the object before and after; null where it did not exist or is not shown. Without secrets. */
  value_before: string | null
  value_after: string | null
  /** Digest of the reason, whose value is in `audit_values`; null if none was given. */
  reason: string | null
}

/** Personal values of entries. They can be deleted without breaking the chain, which only covers their digests. */
export type AuditValuesTable = { entry_id: string; field: 'actor' | 'reason'; salt: string; value: string }

/** The chain: numbers without gaps, and the hash of each entry with the hash before it. */
export type AuditLinksTable = { seq: number; entry_id: string; hash: string }

/** Entries that are not in the chain yet. */
export type AuditQueueTable = { entry_id: string }

declare module '#db/schema.ts' {
  interface Schema {
    audit_entries: AuditEntriesTable
    audit_values: AuditValuesTable
    audit_links: AuditLinksTable
    audit_queue: AuditQueueTable
  }
}
