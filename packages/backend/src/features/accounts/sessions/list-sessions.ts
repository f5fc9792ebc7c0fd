import type { SessionListBody } from '@kickstand/contract'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { isPast, sessionLimits, type SessionSettings } from './session-limits.ts'
import { readSessions } from './session-store.ts'

/**
 * The sessions of an account that have not ended, most recently used first. `currentId`: the session of the request; null if the
 * request belongs to another account.
 */
export async function listSessions(
  { db, clock, config }: { readonly db: Db; readonly clock: Clock; readonly config: SessionSettings },
  accountId: string,
  currentId: string | null,
): Promise<SessionListBody> {
  const now = clock()
  const limits = sessionLimits(config)
  const live = (await readSessions(db, accountId)).filter((row) => !isPast(row, limits, now))
  return {
    sessions: live.map((row) => ({
      id: row.id,
      device: row.device,
      network: row.network,
      createdAt: new Date(row.created_at).toISOString(),
      usedAt: new Date(row.used_at).toISOString(),
      isCurrent: row.id === currentId,
    })),
  }
}
