import type { Tx } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { newId, newSecret } from '#platform/ids.ts'
import { insertEntry } from './audit-store.ts'
import { digestOf } from './entry-hash.ts'

/** Who made a change. `command`: a user of the operating system, by name, at the command line. */
export type Actor = { readonly kind: 'command'; readonly name: string }

/** What a use case needs to write its entry. */
export type AuditDeps = { readonly actor: Actor; readonly clock: Clock }

/** A change. `before` and `after`: the object as JSON, without secrets; null where it did not exist. */
export type Change = {
  readonly action: string
  readonly object: { readonly kind: string; readonly id: string }
  readonly before: unknown
  readonly after: unknown
  readonly reason?: string | null
}

/** Writes the one entry of a change, in the transaction of the change. */
export async function writeEntry(tx: Tx, { actor, clock }: AuditDeps, change: Change): Promise<void> {
  const id = newId()
  const { action, object, before, after, reason = null } = change
  const name = { field: 'actor', salt: newSecret(), value: actor.name } as const
  const why = reason === null ? null : ({ field: 'reason', salt: newSecret(), value: reason } as const)
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
      value_before: before === null ? null : JSON.stringify(before),
      value_after: after === null ? null : JSON.stringify(after),
      reason: why === null ? null : digestOf(why.value, why.salt),
    },
    why === null ? [name] : [name, why],
  )
}
