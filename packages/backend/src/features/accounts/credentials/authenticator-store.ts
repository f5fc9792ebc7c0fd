import type { Tx } from '#db/schema.ts'

/**
 * Marks the time step of an authenticator code as used. Returns false if this or a later step was already used, or if the app
 * was replaced. If two requests use the same code at the same moment, only one succeeds.
 */
export async function markStepUsed(tx: Tx, accountId: string, secret: string, step: number): Promise<boolean> {
  const result = await tx
    .updateTable('accounts')
    .set({ totp_last_step: step })
    .where('id', '=', accountId)
    .where('totp_secret', '=', secret)
    .where('totp_last_step', '<', step)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
