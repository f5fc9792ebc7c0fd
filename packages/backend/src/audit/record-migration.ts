import type { OpenedDatabase } from '#db/open-database.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { writeEntry, type AuditDeps } from './write-entry.ts'

/**
 * Writes the audit entry of the migrations that opening a database has run; none for a new database, of which nothing was
 * changed. After the migrations, since one of the engines commits each of their statements at once, and the tables of the
 * log may be among what they change: a process that is killed between the two leaves migrations without an entry.
 */
export async function recordMigration({ db, engine, migrated }: OpenedDatabase, audit: AuditDeps): Promise<void> {
  const [first] = migrated
  if (first === undefined || first === 1) return
  await runTransaction({ db, engine }, (tx) =>
    writeEntry(tx, audit, {
      action: 'schemas:migrate',
      object: { kind: 'schema', id: 'main' },
      before: { schema: first - 1 },
      after: { schema: migrated.at(-1) },
    }),
  )
}
