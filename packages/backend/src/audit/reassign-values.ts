import type { Tx } from '#db/schema.ts'
import { updateSubjects } from './audit-store.ts'

/**
 * Gives an account the personal values that entries got before it existed, such as the e-mail address of its invitation, so
 * that they are erased with it. `from`: the subjects that stood for the person.
 */
export async function reassignValues(tx: Tx, from: readonly string[], accountId: string): Promise<void> {
  if (from.length > 0) await updateSubjects(tx, from, accountId)
}
