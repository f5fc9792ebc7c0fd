import { beforeEach, describe, expect, it } from 'vitest'
import { createClusterClock, type ClusterClock } from './cluster-clock.ts'

const NOON = Date.UTC(2026, 2, 4, 12)
const SECOND = 1_000
const HOUR = 3_600_000

describe('the agreed time', () => {
  let own: number
  let other: number
  let passed: number
  let rejections: string[]
  let clock: ClusterClock

  beforeEach(() => {
    own = NOON
    other = NOON
    passed = 0
    rejections = []
    begin()
  })

  function begin(): void {
    clock = createClusterClock(
      () => own,
      () => passed,
      (whose, ahead) => rejections.push(`${whose} ${ahead / HOUR}`),
    )
    clock.observe(other)
  }
  function pass(ms: number): void {
    own += ms
    other += ms
    passed += ms
  }

  it.each([HOUR, -HOUR])('is not moved by a jump of the local clock by %d ms and back', (jump) => {
    pass(5 * SECOND)
    own += jump
    for (let i = 1; i <= 3; i += 1) {
      pass(10 * SECOND)
      expect(clock.now()).toBe(other)
      clock.observe(other)
    }
    own -= jump
    pass(SECOND)
    expect(clock.now()).toBe(other)
    clock.observe(other)
    expect(rejections).toEqual([`own ${jump / HOUR}`])
  })

  it.each([HOUR, -HOUR])('is not moved by a jump of the reference clock by %d ms', (jump) => {
    other += jump
    pass(10 * SECOND)
    clock.observe(other)
    expect(clock.now()).toBe(own)
    other -= jump
    pass(10 * SECOND)
    clock.observe(other)
    expect(clock.now()).toBe(own)
    expect(rejections).toEqual([`other ${jump / HOUR}`])
  })

  it('follows both where they agree, as after both were corrected or the machine slept', () => {
    pass(SECOND)
    own += HOUR
    other += HOUR
    expect(clock.now()).toBe(own - HOUR)
    clock.observe(other)
    expect(clock.now()).toBe(own)
  })

  it('is that of the reference if they differ from the start, until the local clock is corrected', () => {
    own -= HOUR
    begin()
    expect(clock.now()).toBe(other)
    pass(HOUR)
    expect(clock.now()).toBe(other)
    own += HOUR
    expect(clock.now()).toBe(own)
    expect(rejections).toEqual(['own -1'])
  })

  it('follows small steps and slow drift at once, however far they lead', () => {
    for (let i = 0; i < 100; i += 1) {
      pass(SECOND)
      own += 20 * SECOND
      expect(clock.now()).toBe(own)
    }
    expect(rejections).toEqual([])
  })
})
