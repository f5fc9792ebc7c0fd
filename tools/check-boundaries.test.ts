import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { boundaries } from '../boundaries.js'
import { checkRepository, checkSources } from './boundaries/check-sources.ts'
import { sourceFiles } from './boundaries/files.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const BACKEND = 'packages/backend/src'

function messages(files: Readonly<Record<string, string>>): string[] {
  return checkSources(boundaries, new Map(Object.entries(files))).map((violation) => violation.message)
}

/** Name of the case, file, forbidden code, and a part of the message. */
const FORBIDDEN: readonly (readonly [string, string, string, RegExp])[] = [
  ['domain: Node', 'packages/domain/src/a.ts', "import fs from 'node:fs'", /without Node/],
  ['domain: Node without the prefix', 'packages/domain/src/a.ts', "import fs from 'fs'", /without Node/],
  ['domain: npm', 'packages/domain/src/a.ts', "import { Type } from 'typebox'", /npm/],
  [
    'domain: another package',
    'packages/domain/src/a.ts',
    "import type { Zone } from '@kickstand/contract'",
    /may not import/,
  ],
  ['contract: backend', 'packages/contract/src/a.ts', "import { start } from '@kickstand/backend'", /may not import/],
  ['contract: npm besides TypeBox', 'packages/contract/src/a.ts', "import fastify from 'fastify'", /npm/],
  ['web: backend', 'apps/rider/src/a.tsx', "import { start } from '@kickstand/backend'", /may not import/],
  [
    'web: backend by path',
    'apps/rider/src/a.tsx',
    "import x from '../../../packages/backend/src/app/start.ts'",
    /by its name/,
  ],
  [
    'web: one feature from another',
    'apps/rider/src/zones/a.tsx',
    "import { b } from '../reports/b.tsx'",
    /one another/,
  ],
  [
    'web: a shared folder from a feature',
    'apps/rider/src/map/a.ts',
    "import { b } from '#zones/b.ts'",
    /shared by all/,
  ],
  ['web: a page from a feature', 'apps/rider/src/zones/a.tsx', "import { b } from '#pages/b.tsx'", /composes features/],
  ['web: a page from a feature, later', 'apps/rider/src/zones/a.tsx', "const b = import('#pages/b.ts')", /composes/],
  ['web: a page from a shared folder', 'apps/rider/src/api/a.ts', "import { b } from '#pages/b.tsx'", /composes/],
  [
    'web: the routes from a feature',
    'apps/rider/src/zones/a.tsx',
    "import { b } from '#routes.tsx'",
    /composes features/,
  ],
  ['web: the routes from a page', 'apps/rider/src/pages/a.tsx', "import { b } from '#routes.tsx'", /starts the app/],
  [
    'web: values of the contract',
    'apps/rider/src/a.ts',
    "import { paths } from '@kickstand/contract'",
    /only import types/,
  ],
  [
    'ingest: the service',
    'packages/ingest/src/a.ts',
    "import { loadConfig } from '@kickstand/backend/config'",
    /may not import/,
  ],
  ['ingest: npm', 'packages/ingest/src/a.ts', "import { parse } from 'papaparse'", /npm/],
  ['ingest: clock', 'packages/ingest/src/a.ts', 'export const a = Date.now()', /Date\.now/],
  ['client: domain', 'packages/client/src/a.ts', "import { VEHICLES } from '@kickstand/domain'", /may not import/],
  ['client: npm', 'packages/client/src/a.ts', "import { useQuery } from '@tanstack/react-query'", /npm/],
  ['client: clock', 'packages/client/src/a.ts', 'export const a = Date.now()', /Date\.now/],
  ['ui: client', 'packages/ui/src/a.tsx', "import { paths } from '@kickstand/client'", /may not import/],
  ['ui: router', 'packages/ui/src/a.tsx', "import { Link } from '@tanstack/react-router'", /npm/],
  ['console: backend', 'apps/console/src/a.tsx', "import { start } from '@kickstand/backend'", /may not import/],
  ['console: clock', 'apps/console/src/a.tsx', 'export const a = Date.now()', /Date\.now/],
  ['console: a page from a feature', 'apps/console/src/zones/a.tsx', "import { b } from '#pages/b.tsx'", /composes/],
  ['server: domain', 'apps/server/src/main.ts', "import { DomainError } from '@kickstand/domain'", /may not import/],
  [
    'product code: testkit',
    `${BACKEND}/zones/a.ts`,
    "import { fakeClock } from '@kickstand/testkit'",
    /only for tests/,
  ],
  [
    'a feature that is no edge of the graph',
    `${BACKEND}/zones/a.ts`,
    "import { b } from '#reports/b.ts'",
    /may not import reports/,
  ],
  [
    'a feature that is no edge, re-exported',
    `${BACKEND}/zones/a.ts`,
    "export { b } from '../reports/b.ts'",
    /may not import reports/,
  ],
  [
    'a feature that is no edge, later',
    `${BACKEND}/zones/a.ts`,
    "const b = await import('#plan/b.ts')",
    /may not import plan/,
  ],
  ['a foundation from a feature', `${BACKEND}/db/a.ts`, "import type { B } from '#zones/b.ts'", /may not import zones/],
  ['the store of another folder', `${BACKEND}/reports/a.ts`, "import { b } from '#zones/zone-store.ts'", /private/],
  ['the tables of another folder', `${BACKEND}/reports/a.ts`, "import type { B } from '#zones/tables.ts'", /private/],
  ['the routes of another folder', `${BACKEND}/reports/a.ts`, "import { b } from '#zones/routes.ts'", /private/],
  ['the composition from below', `${BACKEND}/reports/a.ts`, "import type { Context } from '#context.ts'", /composes/],
  ['a folder that is not listed', `${BACKEND}/misc/a.ts`, "import { b } from '#db/b.ts'", /not listed/],
  ['Kysely outside a store', `${BACKEND}/zones/a.ts`, "import { sql } from 'kysely'", /SQL/],
  ['Kysely values in a table file', `${BACKEND}/zones/tables.ts`, "import { sql } from 'kysely'", /SQL/],
  ['an sql template outside a store', `${BACKEND}/zones/a.ts`, 'export const q = sql`select 1`', /SQL/],
  ['environment', `${BACKEND}/zones/a.ts`, "export const a = process.env['X']", /process\.env/],
  ['environment, imported', `${BACKEND}/zones/a.ts`, "import { env } from 'node:process'", /process\.env/],
  ['clock', `${BACKEND}/zones/a.ts`, 'export const a = Date.now()', /Date\.now/],
  ['clock by new Date()', 'packages/domain/src/a.ts', 'export const a = new Date()', /new Date\(\)/],
  ['clock by Date()', 'packages/domain/src/a.ts', 'export const a = Date()', /Date\(\)/],
  ['monotonic clock', `${BACKEND}/zones/a.ts`, 'export const a = performance.now()', /performance\.now/],
  ['monotonic clock of Node', `${BACKEND}/zones/a.ts`, 'export const a = process.hrtime.bigint()', /process\.hrtime/],
  ['monotonic clock, imported', `${BACKEND}/zones/a.ts`, "import { hrtime } from 'node:process'", /process\.hrtime/],
  ['clock of the global object', `${BACKEND}/zones/a.ts`, 'export const a = globalThis.Date.now()', /Date\.now/],
  ['clock in the evaluation', 'eval/src/a.ts', 'export const a = performance.now()', /performance\.now/],
  ['randomness in the evaluation', 'eval/src/a.ts', 'export const a = Math.random()', /Math\.random/],
  ['backend in the evaluation', 'eval/src/a.ts', "import { start } from '@kickstand/backend'", /may not import/],
  ['clock in the page', 'apps/rider/src/zones/a.tsx', 'export const a = Date.now()', /Date\.now/],
  ['randomness', 'packages/domain/src/a.ts', 'export const a = Math.random()', /Math\.random/],
  ['randomness, imported', `${BACKEND}/zones/a.ts`, "import { randomUUID } from 'node:crypto'", /randomUUID/],
  ['randomness of the Web', 'packages/contract/src/a.ts', 'export const a = crypto.randomUUID()', /randomUUID/],
  ['an engine in a name', `${BACKEND}/zones/a.ts`, 'export const isMariadb = true', /names a database engine/],
  ['an engine in a string', `${BACKEND}/zones/a.ts`, "export const a = 'sqlite:./x.db'", /names a database engine/],
  ['an engine in a template', `${BACKEND}/zones/a.ts`, 'export const a = `mysql://${1}`', /names a database engine/],
  ['an engine’s driver', `${BACKEND}/zones/a.ts`, "import x from 'better-sqlite3'", /names a database engine/],
]

describe('boundaries', () => {
  test.each(FORBIDDEN)('reject %s', (_, file, text, reason) => {
    expect(messages({ [file]: text })).toEqual([expect.stringMatching(reason)])
  })

  test('reject circular imports, but not of types', () => {
    const one = `${BACKEND}/zones/one.ts`
    const two = `${BACKEND}/zones/two.ts`
    const value = "import { x } from './one.ts'\nexport const y = x"
    expect(messages({ [one]: "export { y as x } from './two.ts'", [two]: value })).toEqual([
      expect.stringMatching(/circular import: .*one\.ts → .*two\.ts → .*one\.ts/),
    ])
    expect(messages({ [one]: "import type { Y } from './two.ts'\nexport const x: Y = 1", [two]: value })).toEqual([])
  })

  test('allow what the design allows', () => {
    const allowed = {
      [`${BACKEND}/zones/zone-store.ts`]: "import { sql } from 'kysely'\nexport const q = sql`select 1`",
      [`${BACKEND}/zones/tables.ts`]: "import type { Generated } from 'kysely'",
      [`${BACKEND}/zones/find.ts`]:
        "import { q } from './zone-store.ts'\nimport { DomainError } from '@kickstand/domain'",
      [`${BACKEND}/reports/submit.ts`]: "import { find } from '#zones/find.ts'\n// sqlite and mariadb, in a comment",
      [`${BACKEND}/zones/find.test.ts`]: "import { fakeClock } from '@kickstand/testkit'\nexport const t = Date.now()",
      [`${BACKEND}/platform/clock.ts`]: 'export const now = () => Date.now()',
      [`${BACKEND}/start.ts`]: "import { routes } from '#zones/routes.ts'",
      'packages/domain/src/time/parse.ts': 'export const at = new Date(0)',
      'apps/rider/src/pages/a.tsx':
        "import { b } from '#zones/b.tsx'\nimport { c } from '#reports/c.tsx'\nimport { d } from '#paths.ts'",
      'apps/rider/src/zones/a.ts': "import type { ZoneBody } from '@kickstand/contract'",
    }
    expect(messages(allowed)).toEqual([])
  })

  test('hold in this repository', () => {
    const files = sourceFiles(ROOT)
    expect(files).toContain('tools/check-boundaries.ts')
    expect(files).toContain('eval/src/evaluate.ts')
    const texts = new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]))
    expect(checkRepository(boundaries, texts)).toEqual([])
  })
})
