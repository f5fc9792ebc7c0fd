import { beforeEach, describe, expect, it } from 'vitest'
import { createClusterClock, type ClusterClock } from './cluster-clock.ts'

const NOON = Date.UTC(2026, 2, 4, 12)
const SECOND = 1_000
const HOUR = 3_600_000

describe('the agreed time', () => {
  let own: number
  let other: number
  let passed: number
  let doubts: string[]
  let clock: ClusterClock

  beforeEach(() => {
    own = NOON
    other = NOON
    passed = 0
    doubts = []
    begin()
  })

  function begin(): void {
    clock = createClusterClock(
      () => own,
      () => passed,
      (whose, ahead) => doubts.push(`${whose} ${ahead / HOUR}`),
    )
    clock.hear(other)
  }
  function pass(ms: number): void {
    own += ms
    other += ms
    passed += ms
  }

  it.each([HOUR, -HOUR])('is not moved by a jump of the machine’s clock by %d ms, forth and back', (jump) => {
    pass(5 * SECOND)
    own += jump
    for (let i = 1; i <= 3; i += 1) {
      pass(10 * SECOND)
      expect(clock.now()).toBe(other)
      clock.hear(other)
    }
    own -= jump
    pass(SECOND)
    expect(clock.now()).toBe(other)
    clock.hear(other)
    expect(doubts).toEqual([`own ${jump / HOUR}`])
  })

  it.each([HOUR, -HOUR])('is not moved by a jump of the other by %d ms', (jump) => {
    other += jump
    pass(10 * SECOND)
    clock.hear(other)
    expect(clock.now()).toBe(own)
    other -= jump
    pass(10 * SECOND)
    clock.hear(other)
    expect(clock.now()).toBe(own)
    expect(doubts).toEqual([`other ${jump / HOUR}`])
  })

  it('follows both where they agree, as after both were set right or the machine slept', () => {
    pass(SECOND)
    own += HOUR
    other += HOUR
    expect(clock.now()).toBe(own - HOUR)
    clock.hear(other)
    expect(clock.now()).toBe(own)
  })

  it('is the other’s where they differ from the beginning, until the machine’s is set right', () => {
    own -= HOUR
    begin()
    expect(clock.now()).toBe(other)
    pass(HOUR)
    expect(clock.now()).toBe(other)
    own += HOUR
    expect(clock.now()).toBe(own)
    expect(doubts).toEqual(['own -1'])
  })

  it('follows small steps and slow drift at once, however far they lead', () => {
    for (let i = 0; i < 100; i += 1) {
      pass(SECOND)
      own += 20 * SECOND
      expect(clock.now()).toBe(own)
    }
    expect(doubts).toEqual([])
  })
})
