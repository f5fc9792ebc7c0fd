import { describe, expect, it } from 'vitest'
import { createClockJumpGuard } from './clock-jump-guard.ts'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 2, 4, 12)

describe('the guarded time', () => {
  it('follows the clock while it advances, with corrections of minutes', () => {
    const jumps: number[] = []
    const guardedTime = createClockJumpGuard(NOON, (ahead) => jumps.push(ahead))
    for (const [now, uptime] of [
      [NOON, 0],
      [NOON + 3 * DAY, 3 * DAY],
      [NOON + 4 * DAY + HOUR / 2, 4 * DAY],
      [NOON + 5 * DAY - HOUR / 2, 5 * DAY],
    ] as const) {
      expect(guardedTime(now, uptime)).toBe(now)
    }
    expect(jumps).toEqual([])
  })

  it('ignores a jump ahead, reports it once, and follows the clock again once it is corrected', () => {
    const jumps: number[] = []
    const guardedTime = createClockJumpGuard(NOON, (ahead) => jumps.push(ahead))
    guardedTime(NOON, 0)
    expect(guardedTime(NOON + 5 * DAY + HOUR, HOUR)).toBe(NOON + HOUR)
    expect(guardedTime(NOON + 5 * DAY + 2 * HOUR, 2 * HOUR)).toBe(NOON + 2 * HOUR)
    expect(jumps).toEqual([5 * DAY])
    expect(guardedTime(NOON + 3 * HOUR, 3 * HOUR)).toBe(NOON + 3 * HOUR)
    expect(guardedTime(NOON + 9 * DAY, 4 * HOUR)).toBe(NOON + 4 * HOUR)
    expect(jumps).toHaveLength(2)
  })

  it('follows a clock that has stayed ahead for a day', () => {
    const guardedTime = createClockJumpGuard(NOON, () => undefined)
    const [start, later] = [NOON + 20 * DAY, NOON + 21 * DAY]
    expect(guardedTime(start, 0)).toBe(NOON)
    expect(guardedTime(later - HOUR, DAY - HOUR)).toBe(NOON + DAY - HOUR)
    expect(guardedTime(later, DAY)).toBe(later)
    expect(guardedTime(later + DAY, 2 * DAY)).toBe(later + DAY)
  })

  it('follows a clock that is set back', () => {
    const guardedTime = createClockJumpGuard(NOON, () => undefined)
    guardedTime(NOON, 0)
    expect(guardedTime(NOON - 3 * DAY, HOUR)).toBe(NOON - 3 * DAY)
    expect(guardedTime(NOON, 2 * HOUR)).toBe(NOON - 3 * DAY + HOUR)
  })
})
