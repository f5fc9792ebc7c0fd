import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDefinitions } from '../../packages/backend/src/evidence.ts'
import { suiteOf, type CriticalPath } from '../../packages/domain/src/index.ts'
import { ROOT } from '../steps.ts'
import type { RanTest } from '../tests/ran.ts'
import { MEASURED_FILES } from './measured-files.ts'
import { criticalPathFault, criticalPathFigures, fileFigures, storyFigures } from './suite-figures.ts'

const ran = (file: string, name: string, status: RanTest['status'] = 'passed', browser?: string): RanTest => ({
  file,
  name,
  status,
  browser,
})
const PATH: CriticalPath = {
  id: 'find-nearby',
  title: 'A rider finds a free space nearby',
  suite: 'user',
  tests: [
    { file: 'e2e/user/a.spec.ts', name: 'lists zones' },
    { file: 'packages/a.test.ts', name: 'finds zones' },
  ],
  uat: null,
}
const SERVICE_TEST = ran('packages/a.test.ts', 'on sqlite > finds zones')

describe('figures of stories', () => {
  it('are counted by browser', () => {
    const stories = [
      ran('e2e/a.spec.ts', 'x', 'passed', 'chromium'),
      ran('e2e/a.spec.ts', 'y', 'failed', 'chromium'),
      ran('e2e/a.spec.ts', 'x', 'skipped', 'firefox'),
    ]
    expect(storyFigures(stories, 0)).toMatchObject({
      chromiumPassed: 1,
      chromiumFailed: 1,
      firefoxPassed: 0,
      firefoxFailed: 0,
    })
  })

  it('have a failure of every browser where the runner itself failed', () => {
    expect(storyFigures([], 1)).toMatchObject({ chromiumFailed: 1, firefoxFailed: 1, webkitgtkFailed: 1 })
  })
})

describe('figures of test files', () => {
  it('count what passed, failed and was skipped in these files only', () => {
    const tests = [
      ran('ops/a.test.ts', 'x'),
      ran('ops/b.test.ts', 'y', 'failed'),
      ran('ops/b.test.ts', 'z', 'skipped'),
      ran('c.test.ts', 'w'),
    ]
    expect(fileFigures(tests, ['ops/*.test.ts'])).toEqual({ passed: 1, failed: 1, skipped: 1 })
  })

  it('have a failure for a file that is in no report', () => {
    expect(fileFigures([ran('a.test.ts', 'x')], ['a.test.ts', 'b.test.ts'])).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    })
  })

  it('are of files that exist', () => {
    for (const pattern of Object.values(MEASURED_FILES).flat())
      expect(globSync(pattern, { cwd: ROOT }), pattern).not.toEqual([])
  })
})

describe('a critical path', () => {
  it('is shown where all of its tests passed', () => {
    const tests = [ran('e2e/user/a.spec.ts', 'lists zones', 'passed', 'chromium'), SERVICE_TEST]
    expect(criticalPathFault(PATH, tests)).toBeNull()
    expect(criticalPathFigures([PATH], tests)).toMatchObject({ userPassed: 1, userMissing: 0, adminPassed: 0 })
  })

  it.each([
    [
      'failed in one browser',
      [ran('e2e/user/a.spec.ts', 'lists zones'), ran('e2e/user/a.spec.ts', 'lists zones', 'failed')],
    ],
    ['did not run', [ran('e2e/user/a.spec.ts', 'lists zones', 'skipped')]],
    ['does not exist', [ran('e2e/user/a.spec.ts', 'lists other zones')]],
  ])('is missing where a story %s', (_, stories) => {
    const tests = [...stories, SERVICE_TEST]
    expect(criticalPathFault(PATH, tests)).toContain('find-nearby: e2e/user/a.spec.ts > lists zones')
    expect(criticalPathFigures([PATH], tests)).toMatchObject({ userPassed: 0, userMissing: 1 })
  })
})

describe('launch/critical-paths.yaml', () => {
  const { criticalPaths } = readDefinitions(ROOT)

  it('names tests that exist', () => {
    for (const { file, name } of criticalPaths.flatMap(({ tests }) => tests)) {
      expect(existsSync(path.join(ROOT, file)), file).toBe(true)
      const title = (name.split(' > ').at(-1) ?? name).replace(/\*$/, '')
      expect(readFileSync(path.join(ROOT, file), 'utf8').includes(title), `${file} > ${name}`).toBe(true)
    }
  })

  it('is about each suite, and each file of stories is in one', () => {
    const suites = new Set(criticalPaths.flatMap(({ tests }) => tests.map(({ file }) => suiteOf(file))))
    expect([...suites]).toEqual(expect.arrayContaining(['user', 'admin', 'client', 'system']))
    const stories = globSync('e2e/**/*.spec.ts', { cwd: ROOT, exclude: ['**/node_modules/**'] })
    expect(stories.filter((file) => suiteOf(file) === 'none')).toEqual([])
    expect(stories.length).toBeGreaterThan(20)
  })
})
