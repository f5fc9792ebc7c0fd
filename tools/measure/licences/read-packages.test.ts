import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPackages } from './read-packages.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'licences-'))
  write('package-lock.json', {
    packages: {
      '': { license: 'Apache-2.0' },
      'packages/own': { license: 'Apache-2.0' },
      'node_modules/own': { link: true },
      'node_modules/installed': { version: '1.0.0', license: 'MIT' },
      'node_modules/a/node_modules/@scope/old': { version: '2.0.0' },
      'node_modules/other-machine': { version: '3.0.0', license: 'ISC', optional: true },
      'node_modules/silent': { version: '4.0.0' },
      'node_modules/tool': { version: '5.0.0', license: 'GPL-3.0-only', dev: true },
    },
  })
  write('node_modules/installed/package.json', { version: '1.0.1', license: 'GPL-3.0-only' })
  write('node_modules/a/node_modules/@scope/old/package.json', { licenses: [{ type: 'MIT' }, { type: 'ISC' }] })
})
afterAll(() => rmSync(root, { recursive: true }))

function write(file: string, content: unknown): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), JSON.stringify(content))
}

it('reads the licence of what is installed and of the lock file, and leaves out tools', () => {
  expect(readPackages(root).map(({ name, licence }) => [name, licence])).toEqual([
    ['installed', '(GPL-3.0-only) AND (MIT)'],
    ['@scope/old', 'MIT OR ISC'],
    ['other-machine', 'ISC'],
    ['silent', null],
  ])
})
