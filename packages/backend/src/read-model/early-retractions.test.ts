import { expect, test } from 'vitest'
import { createEarlyRetractions } from './early-retractions.ts'

test('an early retraction applies to one report, once', () => {
  const retractions = createEarlyRetractions()
  retractions.note('a')
  expect(['b', 'a', 'a'].map((id) => retractions.take(id))).toEqual([false, true, false])
})

test('the newest 10,000 are kept', () => {
  const retractions = createEarlyRetractions()
  for (let n = 0; n <= 10_000; n += 1) retractions.note(`r${n}`)
  expect(['r0', 'r1', 'r10000'].map((id) => retractions.take(id))).toEqual([false, true, true])
})
