import type { AccountPrincipal, Action } from '@kickstand/domain'
import type { AuditDeps } from '#audit/write-entry.ts'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db, Tx } from '#db/schema.ts'
import { lockRights } from './lock-rights.ts'
import { requireStill } from './require-still.ts'

/**
 * The dependencies of a change of rights. `principal`: the person who makes it; null for the command line, which may do
 * everything, and for a token, whose scopes were checked just before.
 */
export type RightsDeps = AuditDeps & {
  readonly db: Db
  readonly engine: Engine
  readonly principal: AccountPrincipal | null
}

/**
 * Runs a change of rights in an organisation; concurrent changes run one after the other (see `lockRights`). The principal
 * must still have the permission, because the change before may have taken it away. Throws the errors of `requireStill`.
 */
export async function changeRights<T>(
  { db, engine, principal, clock }: RightsDeps,
  { action, organisationId }: { readonly action: Action; readonly organisationId: string },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return runTransaction({ db, engine }, async (tx) => {
    await lockRights(tx, organisationId)
    if (principal !== null) await requireStill(tx, principal, action, clock(), { organisationId })
    return work(tx)
  })
}
