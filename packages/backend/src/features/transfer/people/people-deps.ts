import type { AuditDeps } from '#audit/write-entry.ts'
import type { Database } from '#db/open-database.ts'

/** What changes of the predecessor's people need. */
export type PeopleDeps = AuditDeps & { readonly database: Pick<Database, 'db' | 'engine'> }

/** The object of their audit entries: the import that brought them. */
export function importObject(source: string): { readonly kind: string; readonly id: string } {
  return { kind: 'source', id: source }
}
