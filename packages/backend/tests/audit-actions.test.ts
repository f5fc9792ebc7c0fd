import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ACTIONS } from '@kickstand/domain'
import { expect, it } from 'vitest'
import { AUDIT_ACTIONS } from '#audit/audit-actions.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const SOURCES = path.join(ROOT, 'packages/backend/src')

it('each action is named object:verb, in the plural', () => {
  for (const action of Object.keys(AUDIT_ACTIONS)) expect(action).toMatch(/^[a-z-]+(s|people):[a-z-]+$/)
})

it('the list has each action that is written, and no other', () => {
  const code = globSync('**/*.ts', { cwd: SOURCES })
    .filter((file) => !file.endsWith('audit-actions.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(SOURCES, file), 'utf8'))
    .join('\n')
  const written = [...code.matchAll(/\baction(?:: |\?: |\s*=\s*)([^\n]*)/g)].flatMap(([, rest]) =>
    [...rest.matchAll(/'([a-z-]+:[a-z-]+)'/g)].map(([, action]) => action),
  )
  // Permissions have names of the same form.
  const permissions = new Set<string>(ACTIONS.filter((action) => !(action in AUDIT_ACTIONS)))
  expect([...new Set(written)].filter((action) => !permissions.has(action)).toSorted()).toEqual(
    Object.keys(AUDIT_ACTIONS).toSorted(),
  )
})

it('docs/admin/audit.md has all actions', () => {
  const rows = Object.entries(AUDIT_ACTIONS)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([action, text]) => `- \`${action}\`: ${text}`)
  const document = readFileSync(path.join(ROOT, 'docs/admin/audit.md'), 'utf8')
  const [, listed = ''] = /<!-- actions -->\n([^]*?)\n?<!-- \/actions -->/.exec(document) ?? []
  expect(listed.trim().split('\n')).toEqual(rows)
})

it('the console has a sentence for each action in each of its languages, in English that of the list', () => {
  const textsOf = (language: string): ReadonlyMap<string, unknown> => {
    const file = path.join(ROOT, `packages/i18n/locales/${language}/console.json`)
    const texts = Object.entries<unknown>(JSON.parse(readFileSync(file, 'utf8')))
    return new Map(
      texts.flatMap(([id, text]) => {
        const [, action] = /^audit\.action\.(.+)$/.exec(id) ?? []
        return action === undefined ? [] : [[action.replace('_', ':'), text]]
      }),
    )
  }
  expect(Object.fromEntries(textsOf('en'))).toEqual(AUDIT_ACTIONS)
  expect([...textsOf('de').keys()].toSorted()).toEqual(Object.keys(AUDIT_ACTIONS).toSorted())
})
