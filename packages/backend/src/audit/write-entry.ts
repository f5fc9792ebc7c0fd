import type { Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { newId, newSecret } from '#platform/ids.ts'
import type { Actor } from './actor.ts'
import { insertEntry } from './audit-store.ts'
import { digestOf } from './entry-hash.ts'
import { separatePersonal } from './personal-values.ts'

/** What a use case needs to write its entry. */
export type AuditDeps = { readonly actor: Actor; readonly clock: Clock }

/**
 * A change. `before` and `after`: the object as JSON, without secrets; null if it did not exist. Values that belong to a
 * person are wrapped with `personal`.
 */
export type Change = {
  readonly action: string
  readonly object: { readonly kind: string; readonly id: string }
  /** Whose object it is; none for the installation's. */
  readonly organisationId?: string | null
  readonly before: unknown
  readonly after: unknown
  readonly reason?: string | null
}

/** Writes the one entry of a change, in the transaction of the change. */
export async function writeEntry(tx: Tx, { actor, clock }: AuditDeps, change: Change): Promise<void> {
  const id = newId()
  const { action, object, reason = null } = change
  const subject = actor.kind === 'account' ? (actor.id ?? null) : null
  const name = { field: 'actor', salt: newSecret(), value: actor.name, subject }
  // Why somebody changed an account is data of its person, and erased with it.
  const about = object.kind === 'account' ? object.id : null
  const why = reason === null ? null : { field: 'reason', salt: newSecret(), value: reason, subject: about }
  const before = separatePersonal('before', change.before, newSecret)
  const after = separatePersonal('after', change.after, newSecret)
  await insertEntry(
    tx,
    {
      id,
      at: clock(),
      actor_kind: actor.kind,
      actor: digestOf(name.value, name.salt),
      action,
      object_kind: object.kind,
      object_id: object.id,
      value_before: before.json,
      value_after: after.json,
      reason: why === null ? null : digestOf(why.value, why.salt),
      organisation_id: change.organisationId ?? null,
      request_id: actor.request?.id ?? null,
      network: actor.request?.network ?? null,
    },
    [name, ...(why === null ? [] : [why]), ...before.values, ...after.values],
  )
}
