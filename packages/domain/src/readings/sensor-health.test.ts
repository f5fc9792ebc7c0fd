import { describe, expect, it } from 'vitest'
import { doubtOf, isFeedFrozen, isFrozen, isImplausible, moved, type Comparison, type Spells } from './sensor-health.ts'

const HOUR = 60 * 60_000

/** A sensor that moved after each of these spells, hours. */
function after(spells: readonly number[]): { spells: Spells; time: number } {
  let time = 0
  let state: Spells = { since: 0, count: 0, longest: 0 }
  for (const hours of spells) {
    time += hours * HOUR
    state = moved(state, time)
  }
  return { spells: state, time }
}

describe('a sensor that stands still', () => {
  const lively = after([1, 0.5, 1, 0.3, 0.2, 1, 1, 0.5, 0.5])
  const nightly = after([1, 0.5, 8, 1, 1, 1, 9, 1, 1, 1, 8, 1])

  it('is frozen after longer than its own past explains', () => {
    expect(isFrozen(lively.spells, lively.time + 3 * HOUR)).toBe(false)
    expect(isFrozen(lively.spells, lively.time + 3.1 * HOUR)).toBe(true)
    expect(isFrozen(nightly.spells, nightly.time + 9 * HOUR)).toBe(false)
    expect(isFrozen(nightly.spells, nightly.time + 19 * HOUR)).toBe(true)
  })

  it('is not judged before it has moved a few times', () => {
    expect(isFrozen(after([1, 1, 1]).spells, 100 * HOUR)).toBe(false)
  })

  it('is believed again once it moves', () => {
    expect(isFrozen(moved(lively.spells, lively.time + 20 * HOUR), lively.time + 21 * HOUR)).toBe(false)
  })

  it('freezes its feed where all others stand still for a day as well', () => {
    expect(isFeedFrozen(5, 0, 24 * HOUR)).toBe(true)
    expect(isFeedFrozen(5, 0, 23 * HOUR)).toBe(false)
    expect(isFeedFrozen(1, 0, 48 * HOUR)).toBe(false)
  })
})

describe('a sensor that riders contradict', () => {
  const says = (rider: string, seen: number, machine: number): Comparison => ({
    rider,
    machine,
    seen,
    noise: 0.12,
    outlierProbability: 0.15,
  })

  it('lies once several of them do, again and again', () => {
    const reports = ['a', 'b', 'c', 'd', 'e', 'a'].map((rider) => says(rider, 0.9, 0.1))
    expect(isImplausible(doubtOf(reports.slice(0, 2)), false)).toBe(false)
    expect(isImplausible(doubtOf(reports), false)).toBe(true)
  })

  it('does not lie because one rider says so, however often', () => {
    expect(isImplausible(doubtOf(Array.from({ length: 40 }, () => says('a', 0.9, 0.1))), false)).toBe(false)
  })

  it('does not lie where reports scatter around it, nor for a liar among them', () => {
    const honest = [0.5, 0.6, 0.45, 0.55, 0.5, 0.4].map((seen, i) => says(`r${i}`, seen, 0.5))
    expect(isImplausible(doubtOf(honest), false)).toBe(false)
    expect(isImplausible(doubtOf([...honest, says('x', 1, 0.5), ...honest]), false)).toBe(false)
  })

  it('is believed again when they agree with it', () => {
    const against = ['a', 'b', 'c', 'd', 'e', 'f'].map((rider) => says(rider, 0.9, 0.1))
    const agreeing = ['a', 'b', 'c', 'd', 'e', 'f'].map((rider) => says(rider, 0.1, 0.1))
    expect(isImplausible(doubtOf(against), true)).toBe(true)
    expect(isImplausible(doubtOf([...against, ...agreeing]), true)).toBe(false)
  })
})
