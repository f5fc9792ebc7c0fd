import type { Tx } from '#db/schema.ts'
import { deleteValuesOf } from './audit-store.ts'

/**
 * Erases what the log stores of persons: names, addresses and reasons. The entries and their chain stay. `subjects`: the ids
 * to which `personal` bound the values.
 */
export async function eraseValues(tx: Tx, subjects: readonly string[]): Promise<void> {
  for (const subject of subjects) await deleteValuesOf(tx, subject)
}
