import type { AvailabilityBody } from '@kickstand/contract'
import { expect, test } from 'vitest'
import { anAvailability } from '../fixtures.ts'
import { parsePlateKey, plateKey, plateOf, plateRank } from './plate.ts'

const nothing = { expectedFree: null, freeLow: null, freeHigh: null, chance: null, observedAt: null, ageSeconds: null }
const keyOf = (change: Partial<AvailabilityBody>) => plateKey(plateOf(anAvailability(change)))

test('a fresh narrow figure is shown as it is', () => {
  expect(keyOf({})).toBe('some|3|18|0')
})

test('a wide range and an old figure have a tilde, and the old one fades', () => {
  expect(keyOf({ freeLow: 1, freeHigh: 6 })).toBe('some|~3|18|0')
  expect(keyOf({ ageSeconds: 50 * 60 })).toBe('some|~3|18|1')
  expect(keyOf({ ageSeconds: 3 * 3600 })).toBe('some|~3|18|2')
  expect(keyOf({ source: 'history', ageSeconds: null })).toBe('some|~3|18|1')
})

test('unknown has no number and is not faded', () => {
  expect(keyOf({ ...nothing, state: 'unknown', source: 'none' })).toBe('unknown|?||0')
  expect(keyOf({ state: 'unknown' })).toBe('unknown|?||0')
})

test('closed has the letter P and no chance', () => {
  expect(keyOf({ state: 'closed' })).toBe('closed|P||0')
})

test('the figure is 0 only if the state is full', () => {
  expect(keyOf({ state: 'full', expectedFree: 0.3, chance: 0.04 })).toBe('full|0|1|0')
  expect(keyOf({ state: 'few', expectedFree: 0.4, freeLow: 0, freeHigh: 2, chance: 0.4 })).toBe('few|0–2|8|0')
  expect(keyOf({ state: 'few', expectedFree: 0.4, freeHigh: null, chance: 0.4 })).toBe('few|<1|8|0')
})

test('without a capacity a plate has the letter P instead of a number', () => {
  expect(keyOf({ ...nothing, state: 'plenty', chance: 0.99, ageSeconds: 9 })).toBe('plenty|P+|20|0')
  expect(keyOf({ ...nothing, state: 'few', chance: 0.3, ageSeconds: 9 })).toBe('few|P|6|0')
})

test('a plate has at most three characters', () => {
  expect(keyOf({ state: 'plenty', expectedFree: 140, freeLow: 139, freeHigh: 141 })).toBe('plenty|99+|18|0')
})

test('a key is parsed to its plate, and an invalid key to null', () => {
  for (const state of ['plenty', 'some', 'few', 'full', 'unknown', 'closed'] as const) {
    const plate = plateOf(anAvailability({ state }))
    expect(parsePlateKey(plateKey(plate))).toEqual(plate)
  }
  for (const bad of ['', 'some', 'some|3|18', 'most|3|18|0', 'some|3|18|7', 'some|3|x|0', 'some|3|99|0']) {
    expect(parsePlateKey(bad)).toBeNull()
  }
})

test('likely free ranks before unlikely, known before unknown, fresh before old', () => {
  const rank = (change: Partial<AvailabilityBody>) => plateRank(plateOf(anAvailability(change)))
  const order = [
    rank({ state: 'plenty' }),
    rank({ state: 'some', chance: 1 }),
    rank({ state: 'some', chance: 0.5 }),
    rank({ state: 'some', chance: 0.5, ageSeconds: 4000 }),
    rank({ state: 'few', chance: 0.4 }),
    rank({ state: 'full', chance: 0 }),
    rank({ state: 'unknown' }),
    rank({ state: 'closed' }),
  ]
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(new Set(order).size).toBe(order.length)
})
