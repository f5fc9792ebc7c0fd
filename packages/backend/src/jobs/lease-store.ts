import type { Database } from '#db/open-database.ts'

/** Makes a row for each job that has none; it is due at once. */
export async function insertJobs({ db, engine }: Database, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const rows = names.map((name) => ({ name, due_at: 0, holder: null, lease_expires_at: 0 }))
  await engine.ignoringDuplicates(db.insertInto('jobs').values(rows)).execute()
}

/** When a job is due and until when it is held, epoch milliseconds. */
export type Lease = { readonly name: string; readonly dueAt: number; readonly leaseExpiresAt: number }

/** The jobs of these names, the one that has waited longest first. */
export async function readLeases({ db }: Database, names: readonly string[]): Promise<Lease[]> {
  if (names.length === 0) return []
  const rows = await db
    .selectFrom('jobs')
    .select(['name', 'due_at', 'lease_expires_at'])
    .where('name', 'in', names)
    .orderBy('due_at')
    .execute()
  return rows.map(({ name, due_at, lease_expires_at }) => ({ name, dueAt: due_at, leaseExpiresAt: lease_expires_at }))
}

/** Puts other times in the place of those that were read; does nothing where somebody else has changed them since. */
export async function correctLease(
  { db }: Database,
  read: Lease,
  dueAt: number,
  leaseExpiresAt: number,
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ due_at: dueAt, lease_expires_at: leaseExpiresAt })
    .where('name', '=', read.name)
    .where('due_at', '=', read.dueAt)
    .where('lease_expires_at', '=', read.leaseExpiresAt)
    .execute()
}

/**
 * Takes a job for `holder` until a moment. One statement, so that of two servers one succeeds; where the holder before died,
 * its time has run out.
 */
export async function takeLease(
  { db }: Database,
  name: string,
  holder: string,
  now: number,
  until: number,
): Promise<boolean> {
  const done = await db
    .updateTable('jobs')
    .set({ holder, lease_expires_at: until })
    .where('name', '=', name)
    .where('due_at', '<=', now)
    .where('lease_expires_at', '<=', now)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Holds on to a job for longer. False where it has gone to another. */
export async function extendLease({ db }: Database, name: string, holder: string, until: number): Promise<boolean> {
  const done = await db
    .updateTable('jobs')
    .set({ lease_expires_at: until })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Gives a job back, due again at a moment. Does nothing where it has gone to another. */
export async function giveBack({ db }: Database, name: string, holder: string, dueAt: number): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ due_at: dueAt, holder: null, lease_expires_at: 0 })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .execute()
}
