import { DomainError } from '@kickstand/domain'
import { sql, type Kysely } from 'kysely'
import { isDuplicate, isRetryable } from './mariadb-errors.ts'
import { newId } from '#platform/ids.ts'
import { sleep } from '#platform/sleep.ts'

const LOOK_EVERY_MS = 250
const BEAT_EVERY_MS = 2_000
/** A holder that has not been heard of for so long is dead. */
const SILENT_MS = 20_000
const WAIT_MS = 120_000
const TRIES = 8

type Place = { readonly holder: string | null; readonly beat: number }

/**
 * Runs `work` while no other process does, on whichever node of a cluster: a named lock of the engine is known to one node
 * only. The lock is a row that its holder keeps counting up; who sees it stand still takes it over. No clock is compared
 * with another. `check`, called between steps, throws where the lock was lost.
 */
export async function withRowLock<S>(
  db: Kysely<S>,
  place: string,
  work: (check: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const me = newId()
  await persistently(() =>
    sql`create table if not exists migration_lock (id smallint primary key, holder varchar(32), beat bigint not null)
      engine = InnoDB default character set = utf8mb4 collate = utf8mb4_bin`.execute(db),
  )
  await persistently(() => sql`insert ignore into migration_lock (id, holder, beat) values (1, null, 0)`.execute(db))
  await take(db, me, place)
  const beating = setInterval(() => void beat(db, me).catch(() => undefined), BEAT_EVERY_MS)
  try {
    await work(async () => {
      if (await beat(db, me)) return
      throw unavailable(`Another process took over the migration of ${place}. Start again once it has ended.`)
    })
  } finally {
    clearInterval(beating)
    await persistently(() => sql`update migration_lock set holder = null where holder = ${me}`.execute(db))
  }
}

async function take<S>(db: Kysely<S>, me: string, place: string): Promise<void> {
  let seen: Place | null = null
  let unchanged = 0
  for (let waited = 0; waited < WAIT_MS; waited += LOOK_EVERY_MS) {
    const { rows } = await sql<Place>`select holder, beat from migration_lock where id = 1`.execute(db)
    const now = rows[0] ?? { holder: null, beat: 0 }
    unchanged = seen !== null && seen.holder === now.holder && seen.beat === now.beat ? unchanged + LOOK_EVERY_MS : 0
    seen = now
    if (now.holder === null || unchanged >= SILENT_MS) {
      const { numAffectedRows } = await persistently(() =>
        sql`update migration_lock set holder = ${me}, beat = beat + 1
          where id = 1 and holder <=> ${now.holder} and beat = ${now.beat}`.execute(db),
      )
      if (numAffectedRows === 1n) return
    }
    await sleep(LOOK_EVERY_MS)
  }
  throw unavailable(
    `Another process has been migrating ${place} for ${WAIT_MS / 1000} s. Wait for it to end, then start again.`,
  )
}

async function beat<S>(db: Kysely<S>, me: string): Promise<boolean> {
  const { numAffectedRows } = await persistently(() =>
    sql`update migration_lock set beat = beat + 1 where holder = ${me}`.execute(db),
  )
  return numAffectedRows === 1n
}

/** A statement that may meet the same one on another node. */
async function persistently<T>(run: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await run()
    } catch (error) {
      if (tried === TRIES || !(isRetryable(error) || isDuplicate(error))) throw error
      await sleep(20 * tried)
    }
  }
}

function unavailable(message: string): DomainError {
  return new DomainError('database-unavailable', message)
}
