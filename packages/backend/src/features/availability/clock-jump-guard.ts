const HOUR = 60 * 60_000
/** Clock corrections are of minutes; a larger difference is a jump. */
const MAX_DRIFT_MS = HOUR
const ACCEPT_JUMP_AFTER_MS = 24 * HOUR

/** Returns the time to use, given the clock (epoch milliseconds) and the uptime of this process (milliseconds). */
export type ClockJumpGuard = (now: number, uptime: number) => number

/**
 * Follows a clock while it advances with the uptime, from `known`, the time of the newest known event. A clock further
 * ahead may have been set wrong, or corrected, or nothing may have happened for long. These cannot be told apart, so
 * the jump is accepted once the clock has stayed there for a day; until then the result advances with the uptime.
 * `onJump` is called once per jump with its size. All in milliseconds.
 */
export function createClockJumpGuard(known: number, onJump: (ahead: number) => void): ClockJumpGuard {
  let anchor: { readonly time: number; readonly uptime: number } | null = null
  let aheadSince: number | null = null
  return (now, uptime) => {
    anchor ??= { time: Math.min(now, known), uptime }
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
