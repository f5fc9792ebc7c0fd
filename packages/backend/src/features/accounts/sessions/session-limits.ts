import type { Config } from '#platform/config.ts'
import type { SessionsTable } from '../tables.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** How long a session lasts without a request (`idleMs`), and its maximum lifetime. */
export type SessionLimits = { readonly idleMs: number; readonly absoluteMs: number }

export function sessionLimits({ sessionIdleMinutes, sessionDays }: SessionSettings): SessionLimits {
  return { idleMs: sessionIdleMinutes * MINUTE_MS, absoluteMs: sessionDays * DAY_MS }
}

/** Whether a session has ended by itself. `now`: epoch milliseconds. */
export function isPast(
  session: Pick<SessionsTable, 'used_at' | 'created_at'>,
  { idleMs, absoluteMs }: SessionLimits,
  now: number,
): boolean {
  return now - session.used_at > idleMs || now - session.created_at > absoluteMs
}

export type SessionSettings = Pick<Config, 'sessionIdleMinutes' | 'sessionDays'>
