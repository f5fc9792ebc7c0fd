import { describe, expect, it } from 'vitest'
import { createClockJumpGuard } from './clock-jump-guard.ts'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 2, 4, 12)

describe('the time that is believed', () => {
  it('is that of the clock while it goes on, forwards and back by minutes', () => {
    const jumps: number[] = []
    const believed = createClockJumpGuard(NOON, (ahead) => jumps.push(ahead))
    for (const [now, uptime] of [
      [NOON, 0],
      [NOON + 3 * DAY, 3 * DAY],
      [NOON + 4 * DAY + HOUR / 2, 4 * DAY],
      [NOON + 5 * DAY - HOUR / 2, 5 * DAY],
    ] as const) {
      expect(believed(now, uptime)).toBe(now)
    }
    expect(jumps).toEqual([])
  })

  it('goes on as before when the clock jumps ahead, says so once, and is the clock again when that is set right', () => {
    const jumps: number[] = []
    const believed = createClockJumpGuard(NOON, (ahead) => jumps.push(ahead))
    believed(NOON, 0)
    expect(believed(NOON + 5 * DAY + HOUR, HOUR)).toBe(NOON + HOUR)
    expect(believed(NOON + 5 * DAY + 2 * HOUR, 2 * HOUR)).toBe(NOON + 2 * HOUR)
    expect(jumps).toEqual([5 * DAY])
    expect(believed(NOON + 3 * HOUR, 3 * HOUR)).toBe(NOON + 3 * HOUR)
    expect(believed(NOON + 9 * DAY, 4 * HOUR)).toBe(NOON + 4 * HOUR)
    expect(jumps).toHaveLength(2)
  })

  it('is the clock once that has stayed ahead for a day: then nothing had happened for long', () => {
    const believed = createClockJumpGuard(NOON, () => undefined)
    const [start, later] = [NOON + 20 * DAY, NOON + 21 * DAY]
    expect(believed(start, 0)).toBe(NOON)
    expect(believed(later - HOUR, DAY - HOUR)).toBe(NOON + DAY - HOUR)
    expect(believed(later, DAY)).toBe(later)
    expect(believed(later + DAY, 2 * DAY)).toBe(later + DAY)
  })

  it('follows a clock that is set back', () => {
    const believed = createClockJumpGuard(NOON, () => undefined)
    believed(NOON, 0)
    expect(believed(NOON - 3 * DAY, HOUR)).toBe(NOON - 3 * DAY)
    expect(believed(NOON, 2 * HOUR)).toBe(NOON - 3 * DAY + HOUR)
  })
})
