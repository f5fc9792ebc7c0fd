import { describe, expect, it } from 'vitest'
import {
  contradictionOf,
  isFeedFrozen,
  isFrozen,
  isImplausible,
  afterMove,
  type Comparison,
  type Spells,
} from './sensor-health.ts'

const HOUR = 60 * 60_000

/** A sensor that moved after each of these spells, hours. */
function after(spells: readonly number[]): { spells: Spells; time: number } {
  let time = 0
  let state: Spells = { since: 0, count: 0, longest: 0 }
  for (const hours of spells) {
    time += hours * HOUR
    state = afterMove(state, time)
  }
  return { spells: state, time }
}

describe('a sensor without changes', () => {
  const lively = after([1, 0.5, 1, 0.3, 0.2, 1, 1, 0.5, 0.5])
  const nightly = after([1, 0.5, 8, 1, 1, 1, 9, 1, 1, 1, 8, 1])

  it('is frozen after a longer time than its own past explains', () => {
    expect(isFrozen(lively.spells, lively.time + 3 * HOUR)).toBe(false)
    expect(isFrozen(lively.spells, lively.time + 3.1 * HOUR)).toBe(true)
    expect(isFrozen(nightly.spells, nightly.time + 9 * HOUR)).toBe(false)
    expect(isFrozen(nightly.spells, nightly.time + 19 * HOUR)).toBe(true)
  })

  it('is not frozen before it has changed a few times', () => {
    expect(isFrozen(after([1, 1, 1]).spells, 100 * HOUR)).toBe(false)
  })

  it('is not frozen any more once it changes', () => {
    expect(isFrozen(afterMove(lively.spells, lively.time + 20 * HOUR), lively.time + 21 * HOUR)).toBe(false)
  })

  it('makes its feed frozen where all others are unchanged for a day too', () => {
    expect(isFeedFrozen(5, 0, 24 * HOUR)).toBe(true)
    expect(isFeedFrozen(5, 0, 23 * HOUR)).toBe(false)
    expect(isFeedFrozen(1, 0, 48 * HOUR)).toBe(false)
  })
})

describe('a sensor that riders contradict', () => {
  const comparison = (rider: string, seen: number, sensor: number): Comparison => ({
    rider,
    sensor,
    seen,
    noise: 0.12,
    outlierProbability: 0.15,
  })

  it('is implausible once several of them do so repeatedly', () => {
    const reports = ['a', 'b', 'c', 'd', 'e', 'a'].map((rider) => comparison(rider, 0.9, 0.1))
    expect(isImplausible(contradictionOf(reports.slice(0, 2)), false)).toBe(false)
    expect(isImplausible(contradictionOf(reports), false)).toBe(true)
  })

  it('is not implausible because of one rider, however often they report', () => {
    expect(isImplausible(contradictionOf(Array.from({ length: 40 }, () => comparison('a', 0.9, 0.1))), false)).toBe(
      false,
    )
  })

  it('is not implausible where reports scatter around it, nor for a false one among them', () => {
    const honest = [0.5, 0.6, 0.45, 0.55, 0.5, 0.4].map((seen, i) => comparison(`r${i}`, seen, 0.5))
    expect(isImplausible(contradictionOf(honest), false)).toBe(false)
    expect(isImplausible(contradictionOf([...honest, comparison('x', 1, 0.5), ...honest]), false)).toBe(false)
  })

  it('is plausible again when they agree with it', () => {
    const against = ['a', 'b', 'c', 'd', 'e', 'f'].map((rider) => comparison(rider, 0.9, 0.1))
    const agreeing = ['a', 'b', 'c', 'd', 'e', 'f'].map((rider) => comparison(rider, 0.1, 0.1))
    expect(isImplausible(contradictionOf(against), true)).toBe(true)
    expect(isImplausible(contradictionOf([...against, ...agreeing]), true)).toBe(false)
  })
})
