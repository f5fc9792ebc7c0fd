import { expect, it } from 'vitest'
import { criticalPathFaults, suiteOf, type CriticalPath } from './critical-path.ts'

const PATH: CriticalPath = {
  id: 'find-nearby',
  title: 'A rider finds a free space nearby',
  suite: 'user',
  tests: [
    { file: 'e2e/user/first-page.spec.ts', name: 'the nearest zones are listed' },
    { file: 'packages/backend/tests/search.test.ts', name: 'finds the nearest' },
  ],
  uat: null,
}
const elsewhere = [{ file: 'e2e/first-page.spec.ts', name: 'x' }]

it('finds nothing in a list that fits together', () => {
  expect(criticalPathFaults([PATH, { ...PATH, id: 'report', uat: 'report' }])).toEqual([])
})

it.each<[string, CriticalPath[], RegExp]>([
  ['two paths with one id', [PATH, PATH], /Two critical paths have the id find-nearby/],
  ['an acceptance test of another path', [{ ...PATH, uat: 'report' }], /acceptance test report; expected find-nearby/],
  ['stories outside the suites', [{ ...PATH, tests: elsewhere }], /e2e\/first-page.spec.ts, which is in no suite/],
])('finds %s', (_, paths, expected) => {
  const faults = criticalPathFaults(paths)
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(expected)
})

it('the suite of a file is its folder', () => {
  expect(suiteOf('e2e/admin/a.spec.ts')).toBe('admin')
  expect(suiteOf('e2e/a.spec.ts')).toBe('none')
  expect(suiteOf('packages/backend/tests/a.test.ts')).toBeNull()
})
