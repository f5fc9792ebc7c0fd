const HOUR = 60 * 60_000
/** A correction of the clock is a few minutes at most; a larger difference is a jump. */
const MAX_DRIFT_MS = HOUR
/** Uptime for which the clock must stay ahead before a jump is accepted. */
const ACCEPT_JUMP_AFTER_MS = 24 * HOUR

/** Returns the time to use, given the clock (epoch milliseconds) and the uptime of this process (milliseconds). */
export type ClockJumpGuard = (now: number, uptime: number) => number

/**
 * Creates a guard that follows a clock while the clock advances at the pace of the uptime, starting at `newestEventAt`,
 * the time of the newest known event. If the clock is over an hour ahead of that, there are three possible reasons: it
 * was set wrong, it was corrected, or there were no events for a long time. The guard cannot distinguish them. It
 * accepts the jump once the clock has stayed ahead for a day. Until then its result advances with the uptime. `onJump`
 * is called once per jump with its size. All values are milliseconds.
 */
export function createClockJumpGuard(newestEventAt: number, onJump: (ahead: number) => void): ClockJumpGuard {
  let anchor: { readonly time: number; readonly uptime: number } | null = null
  let aheadSince: number | null = null
  return (now, uptime) => {
    anchor ??= { time: Math.min(now, newestEventAt), uptime }
    const expected = anchor.time + uptime - anchor.uptime
    const ahead = now - expected
    if (ahead <= MAX_DRIFT_MS) {
      aheadSince = null
      if (ahead < -MAX_DRIFT_MS) anchor = { time: now, uptime }
      return now
    }
    if (aheadSince === null) onJump(ahead)
    aheadSince ??= uptime
    if (uptime - aheadSince < ACCEPT_JUMP_AFTER_MS) return expected
    anchor = { time: now, uptime }
    aheadSince = null
    return now
  }
}
