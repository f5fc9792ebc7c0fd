import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { beginEvidence } from './leave-evidence.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'ks-evidence-'))
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

function commit(): void {
  writeFileSync(path.join(root, '.gitignore'), 'var/\n')
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false']
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    [...identity, 'commit', '-q', '-m', 'a release'],
  ])
    expect(spawnSync('git', args, { cwd: root, encoding: 'utf8' })).toMatchObject({ status: 0 })
}

it('a run leaves its figures under the commit, with its command and duration', () => {
  commit()
  const times = [1000, 6500]
  const left = beginEvidence(root, 'npm test', () => times.shift() ?? 0)({ tests: { passed: 3, failed: 0 } })
  expect(left?.figures).toEqual({ tests: { passed: 3, failed: 0 } })
  const file = path.join(root, 'var/evidence', left?.commit ?? '', 'tests.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    measurement: 'tests',
    commit: left?.commit,
    measuredAt: 6500,
    seconds: 5.5,
    command: 'npm test',
    origin: 'measured',
    figures: { passed: 3, failed: 0 },
  })
})

it('a run during which a file changed leaves nothing', () => {
  commit()
  const leave = beginEvidence(root, 'npm test')
  writeFileSync(path.join(root, 'a.ts'), '')
  expect(leave({ tests: { passed: 3 } })).toBeNull()
  expect(existsSync(path.join(root, 'var'))).toBe(false)
})

it('a folder that is no commit gets none', () => {
  expect(beginEvidence(root, 'npm test')({ tests: { passed: 3 } })).toBeNull()
})
