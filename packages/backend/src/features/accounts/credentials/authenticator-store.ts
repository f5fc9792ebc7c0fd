import type { Tx } from '#db/schema.ts'

/**
 * Marks a step of an authenticator app as used. Returns false where that step or a later one was used already, or the app
 * was replaced: of two requests with the same code, one succeeds.
 */
export async function markStepUsed(tx: Tx, accountId: string, secret: string, step: number): Promise<boolean> {
  const done = await tx
    .updateTable('accounts')
    .set({ totp_last_step: step })
    .where('id', '=', accountId)
    .where('totp_secret', '=', secret)
    .where('totp_last_step', '<', step)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
