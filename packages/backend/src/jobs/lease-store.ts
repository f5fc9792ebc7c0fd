import type { Database } from '#db/open-database.ts'
import type { DbReader } from '#db/schema.ts'

/** Inserts a row for each job that has none; it is due at once. */
export async function insertJobs({ db, engine }: Database, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const rows = names.map((name) => ({ name, due_at: 0, holder: null, lease_expires_at: 0 }))
  await engine.ignoringDuplicates(db.insertInto('jobs').values(rows)).execute()
}

/** When a job is due and when its lease expires, epoch milliseconds. */
export type Lease = { readonly name: string; readonly dueAt: number; readonly leaseExpiresAt: number }

/** The leases of these jobs, longest due first. */
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

/** Replaces the times of a lease, unless they changed since it was read. */
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
 * Acquires the lease of a due job for `holder` until `until`. Atomic: of two servers one succeeds. The lease of a dead
 * holder has expired by then.
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

/** Extends a lease. Returns false if another holder has it. */
export async function extendLease({ db }: Database, name: string, holder: string, until: number): Promise<boolean> {
  const done = await db
    .updateTable('jobs')
    .set({ lease_expires_at: until })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Releases a lease; the job is next due at `dueAt`. Does nothing if another holder has it. */
export async function releaseLease({ db }: Database, name: string, holder: string, dueAt: number): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ due_at: dueAt, holder: null, lease_expires_at: 0 })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .execute()
}

/** How many jobs are due since before a time, epoch milliseconds. Jobs that never ran are due since 0 and do not count. */
export async function countDueBefore(db: DbReader, before: number): Promise<number> {
  const { jobs } = await db
    .selectFrom('jobs')
    .select(({ fn }) => fn.countAll<number>().as('jobs'))
    .where('due_at', '>', 0)
    .where('due_at', '<', before)
    .executeTakeFirstOrThrow()
  return Number(jobs)
}
