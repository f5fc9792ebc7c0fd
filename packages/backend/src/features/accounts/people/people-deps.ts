import type { AuditDeps } from '#audit/write-entry.ts'
import type { Database } from '#db/open-database.ts'

/** What changes of accounts need. */
export type PeopleDeps = AuditDeps & Pick<Database, 'db' | 'engine'>
