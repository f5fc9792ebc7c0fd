import type { SessionListBody } from '@kickstand/contract'
import type { DbReader } from '#db/schema.ts'
import type { SessionLimits } from './session-limits.ts'
import { readSessions } from './session-store.ts'

type ListDeps = { readonly db: DbReader; readonly now: number; readonly limits: SessionLimits }

/**
 * The sessions of an account that have not ended, the last used first. `currentId`: the session that asks; null for none of
 * them.
 */
export async function sessionList(
  { db, now, limits }: ListDeps,
  accountId: string,
  currentId: string | null,
): Promise<SessionListBody> {
  const rows = await readSessions(db, accountId)
  const open = rows.filter((row) => now - row.used_at <= limits.idleMs && now - row.created_at <= limits.absoluteMs)
  return {
    sessions: open.map((row) => ({
      id: row.id,
      device: row.device,
      network: row.network,
      createdAt: new Date(row.created_at).toISOString(),
      usedAt: new Date(row.used_at).toISOString(),
      isCurrent: row.id === currentId,
    })),
  }
}
