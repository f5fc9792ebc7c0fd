import { expect, it } from 'vitest'
import { nextAttemptAt, outcomeOf } from './push-outcome.ts'

it.each([
  [200, 'delivered'],
  [201, 'delivered'],
  [301, 'failed'],
  [400, 'failed'],
  [404, 'gone'],
  [410, 'gone'],
  [413, 'failed'],
  [429, 'retry'],
  [500, 'retry'],
  [503, 'retry'],
] as const)('status %i: %s', (status, outcome) => {
  expect(outcomeOf(status)).toBe(outcome)
})

it.each([
  [1, null, 30_000],
  [2, null, 120_000],
  [99, null, 6 * 3_600_000],
  [1, '5', 30_000],
  [1, '90', 90_000],
  [1, 'Thu, 01 Jan 1970 01:00:00 GMT', 3_600_000],
  [1, 'soon', 30_000],
  [1, '-5', 30_000],
])('after attempt %i and Retry-After %j the next is %i ms later', (attempts, retryAfter, ms) => {
  expect(nextAttemptAt(attempts, { status: 503, retryAfter }, 0)).toBe(ms)
})
