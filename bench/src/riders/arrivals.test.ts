import { seededRandom } from '@kickstand/testkit'
import { describe, expect, it } from 'vitest'
import { courseOf, drawVisits, PROFILES, ridersAt } from './arrivals.ts'

describe('the visits of a run', () => {
  it.each(PROFILES)('of profile %s follow its course', (profile) => {
    const course = courseOf(profile, 1000, 600)
    const visits = drawVisits(course, 60, seededRandom(3))
    for (let second = 10; second < 600; second += 10) {
      const there = visits.filter(({ from, until }) => from <= second && until > second).length
      // Departures lag behind the course by the length of a visit; arrivals do not.
      const min = ridersAt(course, second)
      const max = Math.max(...Array.from({ length: 200 }, (_, i) => ridersAt(course, Math.max(0, second - i))))
      expect([second, there > min * 0.85 - 40, there < max * 1.15 + 40]).toEqual([second, true, true])
    }
  })

  it('are the same for the same seed', () => {
    const course = courseOf('soak', 50, 30)
    expect(drawVisits(course, 20, seededRandom(1))).toEqual(drawVisits(course, 20, seededRandom(1)))
  })

  it('are a Poisson process', () => {
    const visits = drawVisits(courseOf('soak', 1000, 1000), 10, seededRandom(9)).filter(({ from }) => from > 31)
    const perSecond = new Map<number, number>()
    for (const { from } of visits) perSecond.set(Math.floor(from), (perSecond.get(Math.floor(from)) ?? 0) + 1)
    const counts = [...perSecond.values()]
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length
    expect(mean).toBeGreaterThan(95)
    expect(mean).toBeLessThan(105)
    expect(variance / mean).toBeGreaterThan(0.8)
    expect(variance / mean).toBeLessThan(1.25)
  })
})
