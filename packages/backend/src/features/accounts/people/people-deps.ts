import type { AuditDeps } from '#audit/write-entry.ts'
import type { Database } from '#db/open-database.ts'

/** The dependencies of changes to accounts. */
export type PeopleDeps = AuditDeps & Pick<Database, 'db' | 'engine'>
