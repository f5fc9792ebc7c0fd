import type { ActorKind } from './actor.ts'

/** Each change by a person or a machine, in the transaction of the change. Rows are never changed or deleted. */
export type AuditEntriesTable = {
  id: string
  at: number
  actor_kind: ActorKind
  /** Digest of the name, whose value is in `audit_values`. */
  actor: string
  /** What was done, such as `tokens:create`. */
  action: string
  object_kind: string
  object_id: string
  /** JSON of the object before and after; null if it did not exist or is not shown. Without secrets. */
  value_before: string | null
  value_after: string | null
  /** Digest of the reason, whose value is in `audit_values`; null if none was given. */
  reason: string | null
  /** Whose object it is; null for the installation's. */
  organisation_id: string | null
  /** Of the request that made the change, and the keyed hash of its network; null for commands and jobs. */
  request_id: string | null
  network: string | null
}

/**
 * Personal values of entries. They can be deleted without breaking the chain, which only covers their digests. `field`:
 * `actor`, `reason`, or where in the object the value was, such as `after.email`. `subject`: the account or the rider whose data
 * it is.
 */
export type AuditValuesTable = {
  entry_id: string
  field: string
  salt: string
  value: string
  subject: string | null
}

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
