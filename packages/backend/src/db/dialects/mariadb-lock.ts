import { DomainError } from '@kickstand/domain'
import { sql, type Kysely } from 'kysely'
import { isDuplicate, isRetryable } from './mariadb-errors.ts'
import { newId } from '#platform/ids.ts'
import { sleep } from '#platform/sleep.ts'

const POLL_EVERY_MS = 250
const HEARTBEAT_EVERY_MS = 2_000
/** A holder without a heartbeat for so long is dead. */
const DEAD_AFTER_MS = 20_000
const MAX_WAIT_MS = 120_000
const MAX_ATTEMPTS = 8

type LockRow = { readonly holder: string | null; readonly beat: number }

/**
 * Runs `work` while no other process does, on any node of a cluster: named locks of the engine are local to a node. The
 * lock is a row whose counter the holder keeps incrementing; a process that sees it unchanged for too long takes it
 * over. No clocks are compared. `check`, to be called between steps, throws if the lock was lost.
 */
export async function withRowLock<S>(
  db: Kysely<S>,
  place: string,
  work: (check: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const holder = newId()
  await withRetries(() =>
    sql`create table if not exists migration_lock (id smallint primary key, holder varchar(32), beat bigint not null)
      engine = InnoDB default character set = utf8mb4 collate = utf8mb4_bin`.execute(db),
  )
  await withRetries(() => sql`insert ignore into migration_lock (id, holder, beat) values (1, null, 0)`.execute(db))
  await take(db, holder, place)
  const heartbeat = setInterval(() => void beat(db, holder).catch(() => undefined), HEARTBEAT_EVERY_MS)
  try {
    await work(async () => {
      if (await beat(db, holder)) return
      throw unavailable(`Another process took over the migration of ${place}. Start again once it has ended.`)
    })
  } finally {
    clearInterval(heartbeat)
    await withRetries(() => sql`update migration_lock set holder = null where holder = ${holder}`.execute(db))
  }
}

async function take<S>(db: Kysely<S>, holder: string, place: string): Promise<void> {
  let seen: LockRow | null = null
  let unchanged = 0
  for (let waited = 0; waited < MAX_WAIT_MS; waited += POLL_EVERY_MS) {
    const { rows } = await sql<LockRow>`select holder, beat from migration_lock where id = 1`.execute(db)
    const now = rows[0] ?? { holder: null, beat: 0 }
    unchanged = seen !== null && seen.holder === now.holder && seen.beat === now.beat ? unchanged + POLL_EVERY_MS : 0
    seen = now
    if (now.holder === null || unchanged >= DEAD_AFTER_MS) {
      const { numAffectedRows } = await withRetries(() =>
        sql`update migration_lock set holder = ${holder}, beat = beat + 1
          where id = 1 and holder <=> ${now.holder} and beat = ${now.beat}`.execute(db),
      )
      if (numAffectedRows === 1n) return
    }
    await sleep(POLL_EVERY_MS)
  }
  throw unavailable(
    `Another process has been migrating ${place} for ${MAX_WAIT_MS / 1000} s. Wait for it to end, then start again.`,
  )
}

async function beat<S>(db: Kysely<S>, holder: string): Promise<boolean> {
  const { numAffectedRows } = await withRetries(() =>
    sql`update migration_lock set beat = beat + 1 where holder = ${holder}`.execute(db),
  )
  return numAffectedRows === 1n
}

/** Runs a statement that may conflict with the same one on another node. */
async function withRetries<T>(run: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await run()
    } catch (error) {
      if (tried === MAX_ATTEMPTS || !(isRetryable(error) || isDuplicate(error))) throw error
      await sleep(20 * tried)
    }
  }
}

function unavailable(message: string): DomainError {
  return new DomainError('database-unavailable', message)
}
