import { listEntries, type ShownEntry } from '#audit/list-entries.ts'
import type { ServiceUnderTest } from './use-service.ts'

/** The audit entries of one object, the oldest first. */
export async function entriesOf({ service }: ServiceUnderTest, kind: string, id: string): Promise<ShownEntry[]> {
  return (await listEntries(service.context.db, { object: { kind, id }, limit: 100 })).toReversed()
}
