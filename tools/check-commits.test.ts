import { describe, expect, test } from 'vitest'
import { knownScopes, findSubjectFault, findVerbFault } from './check-commits.ts'
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

  test.each([
    'feat(zones): show the fee',
    'fix!: keep the outbox',
    'chore(tools, testkit): tidy up',
    'perf(board): read in one query: all of them',
    "Merge branch 'feature'",
  ])('begin with a verb: %s', (subject) => {
    expect(findVerbFault(subject)).toBeNull()
  })

  test.each([
    ['feat(zones): the fee is shown', /“the” is not a known verb.*verbs\.ts/],
    ['feat(zones): shows the fee', /“shows”/],
    ['feat(zones): added a fee', /“added”/],
    ['feat(zones): Show the fee', /“Show”/],
    ['fix: a phone keeps what it sent', /“a”/],
    ['fix(plan): report after a plan is kept', /“report”/],
  ])('without a verb in the imperative are rejected: %s', (subject, reason) => {
    expect(findVerbFault(subject)).toMatch(reason)
  })
})
