import { expect, it } from 'vitest'
import { tokenWorks } from './token-works.ts'

const NOW = Date.parse('2026-11-29T12:00:00Z')
const BEFORE = '2026-11-29T11:59:59.999Z'
const AFTER = '2026-11-29T12:00:00.001Z'

it.each([
  ['active', null, true],
  ['active', AFTER, true],
  ['replaced', AFTER, true],
  ['replaced', BEFORE, false],
  ['replaced', '2026-11-29T12:00:00.000Z', false],
  ['expired', BEFORE, false],
  ['revoked', AFTER, false],
] as const)('a token that is %s and ends at %s works: %s', (state, expiresAt, works) => {
  expect(tokenWorks({ state, expiresAt }, NOW)).toBe(works)
})
