import { describe, expect, test } from 'vitest'
import { knownScopes, findSubjectFault } from './check-commits.ts'
import { ROOT } from './steps.ts'

describe('commit subjects', () => {
  const scopes = knownScopes(ROOT)

  test.each([
    'feat(zones): show the fee',
    'fix: keep the outbox',
    'feat(db)!: drop a column',
    'chore(tools, testkit): tidy',
    "Merge branch 'feature'",
  ])('accept %s', (subject) => {
    expect(findSubjectFault(subject, scopes)).toBeNull()
  })

  test.each([
    ['Fix the thing', /expected/],
    ['feature(zones): show', /unknown type/],
    ['feat(zone-things): show', /unknown scope/],
    ['feat(zones) show', /expected/],
    [`feat: ${'x'.repeat(100)}`, /longer/],
  ])('reject %s', (subject, reason) => {
    expect(findSubjectFault(subject, scopes)).toMatch(reason)
  })
})
