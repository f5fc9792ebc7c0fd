import { describe, expect, it } from 'vitest'
import { findReachedLimit } from './removal-limits.ts'
import { removalAlarms, type RemovalAttempt } from './removal-alarms.ts'

const HERE = { lat: 48, lng: 11 }
const metresEast = (metres: number) => ({ lat: 48, lng: 11 + metres / (111_195 * Math.cos((48 * Math.PI) / 180)) })
const many = (count: number, spot: { lat: number; lng: number }) => Array.from({ length: count }, () => spot)

describe('the limit of removals', () => {
  it.each([
    [0, 0, null],
    [1, 1_000, null],
    [2, 1_900, 'block'],
    [2, 2_100, null],
    [4, 10_000, null],
    [5, 24_000, 'city'],
    [5, 26_000, null],
    [19, 500_000, null],
    [20, 500_000, 'everywhere'],
  ] as const)('with %i others within a day, %i m away, is %s', (count, metres, area) => {
    expect(findReachedLimit(many(count, metresEast(metres)), HERE)).toBe(area)
  })

  it('lets no more through than the limit, in any order', () => {
    for (const [spread, most] of [
      [0, 2],
      [20_000, 5],
      [2_000_000, 20],
    ] as const) {
      const removed: { lat: number; lng: number }[] = []
      for (let i = 0; i < 100; i += 1) {
        const spot = metresEast(((i * 37) % 100) * (spread / 100))
        if (findReachedLimit(removed, spot) === null) removed.push(spot)
      }
      expect(removed.length).toBeLessThanOrEqual(most)
    }
  })
})

describe('the alarm', () => {
  const attempt = (
    zoneId: string,
    spot: { lat: number; lng: number },
    more: Partial<RemovalAttempt> = {},
  ): RemovalAttempt => {
    const statements = [
      { riderId: 'r1', network: null, hasRecord: false },
      { riderId: `of ${zoneId}`, network: null, hasRecord: true },
    ]
    return { zoneId, ...spot, isHeld: false, firstAt: 1, lastAt: 2, statements, ...more }
  }

  it('groups all attempts of a place, and keeps places apart', () => {
    const alarms = removalAlarms([
      attempt('a', HERE),
      attempt('b', metresEast(20_000), { isHeld: true, lastAt: 9 }),
      attempt('far', metresEast(60_000)),
    ])
    expect(alarms).toMatchObject([
      { zoneIds: ['a', 'b'], riders: 3, withRecord: 2, networks: 1, held: 1, firstAt: 1, lastAt: 9 },
      { zoneIds: ['far'], riders: 2 },
    ])
    expect(removalAlarms([])).toEqual([])
  })
})
