import type { DbReader, Tx } from '#db/schema.ts'

/** Recovery codes that can still be used. */
export async function countRecoveryCodes(db: DbReader, accountId: string): Promise<number> {
  const { count } = await db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('account_id', '=', accountId)
    .where('is_pending', '=', 0)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** `isPending`: the code was shown but is not confirmed yet. */
export async function hasRecoveryCode(
  db: DbReader,
  accountId: string,
  hash: string,
  isPending: boolean,
): Promise<boolean> {
  const found = await db
    .selectFrom('recovery_codes')
    .select('hash')
    .where('account_id', '=', accountId)
    .where('hash', '=', hash)
    .where('is_pending', '=', Number(isPending))
    .executeTakeFirst()
  return found !== undefined
}

/**
 * Uses up a recovery code. Returns false if it does not exist or was already used. If two requests use it at the same moment,
 * only one succeeds.
 */
export async function spendRecoveryCode(tx: Tx, accountId: string, hash: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('recovery_codes')
    .where('account_id', '=', accountId)
    .where('hash', '=', hash)
    .where('is_pending', '=', 0)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

export async function insertRecoveryCodes(
  tx: Tx,
  accountId: string,
  hashes: readonly string[],
  isPending: boolean,
): Promise<void> {
  const rows = hashes.map((hash) => ({ account_id: accountId, hash, is_pending: Number(isPending) }))
  await tx.insertInto('recovery_codes').values(rows).execute()
}

export async function deleteRecoveryCodes(tx: Tx, accountId: string, isPending: boolean): Promise<void> {
  await tx
    .deleteFrom('recovery_codes')
    .where('account_id', '=', accountId)
    .where('is_pending', '=', Number(isPending))
    .execute()
}

/** Makes the pending recovery codes of an account valid. */
export async function activateRecoveryCodes(tx: Tx, accountId: string): Promise<void> {
  await tx
    .updateTable('recovery_codes')
    .set({ is_pending: 0 })
    .where('account_id', '=', accountId)
    .where('is_pending', '=', 1)
    .execute()
}
