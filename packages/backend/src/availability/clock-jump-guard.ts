const HOUR = 60 * 60_000
/** Clocks are set right by minutes; more than this is a jump. */
const TOLERATED_MS = HOUR
const BELIEVED_AFTER_MS = 24 * HOUR

/** The time that a clock may be believed to tell, given it and the milliseconds that this process has run. */
export type ClockJumpGuard = (now: number, uptime: number) => number

/**
 * Believes a clock as long as it goes on with the time that passes here, from `known` on, the newest thing that is known to
 * have happened. Where it is further ahead than that, it was set wrong, or was wrong and has been set right, or nothing has
 * happened for long: nobody can tell, so it is believed once it has stayed there for a day. Until then the time is what it
 * would be without the jump. `onJump` hears by how much it was, once for each. All in milliseconds.
 */
export function createClockJumpGuard(known: number, onJump: (ahead: number) => void): ClockJumpGuard {
  let anchor: { readonly time: number; readonly uptime: number } | null = null
  let aheadSince: number | null = null
  return (now, uptime) => {
    anchor ??= { time: Math.min(now, known), uptime }
    const expected = anchor.time + uptime - anchor.uptime
    const ahead = now - expected
    if (ahead <= TOLERATED_MS) {
      aheadSince = null
      if (ahead < -TOLERATED_MS) anchor = { time: now, uptime }
      return now
    }
    if (aheadSince === null) onJump(ahead)
    aheadSince ??= uptime
    if (uptime - aheadSince < BELIEVED_AFTER_MS) return expected
    anchor = { time: now, uptime }
    aheadSince = null
    return now
  }
}
