import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, inject } from 'vitest'
import { freshDatabase } from './mariadb.ts'
import { copyMariadb, copySqlite } from './migrated-databases.ts'
import { scratchFolder } from './scratch-folder.ts'

export type TestDatabase = {
  /** `sqlite:/…/kickstand.db` or `mariadb://kickstand@127.0.0.1:PORT/ks_…`: used by this test only. */
  readonly url: string
  readonly dispose: () => Promise<void>
}

export type TestEngine = {
  readonly name: 'sqlite' | 'mariadb'
  /** A database with the current schema and no rows. A copy of a migrated one: migrating takes many times as long. */
  readonly open: () => Promise<TestDatabase>
  /** A database without tables, for tests of what creates or fills them. */
  readonly openEmpty: () => Promise<TestDatabase>
}

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- vitest's map of provided values is open by merging
  interface ProvidedContext {
    /** The shared MariaDB of this run, null where it is not installed. */
    mariadbUrl: string | null
    /** A migrated database file, to copy. */
    sqliteTemplate: string
  }
}

/**
 * Declares the same tests for each database engine. If an engine is not installed, its tests are skipped (unless all
 * are required; the run then fails at the start).
 */
export function forEachEngine(tests: (engine: TestEngine) => void): void {
  describe('on sqlite', () => {
    tests({ name: 'sqlite', open: openSqlite, openEmpty: openEmptySqlite })
  })
  onNetworkEngine(tests)
}

/** Declares tests that need an engine behind a network connection, such as tests of a lost connection. */
export function onNetworkEngine(tests: (engine: TestEngine) => void): void {
  const mariadbUrl = inject('mariadbUrl') ?? null
  describe.skipIf(mariadbUrl === null)('on mariadb', () => {
    const server = mariadbUrl ?? ''
    tests({ name: 'mariadb', open: () => copyMariadb(server), openEmpty: () => freshDatabase(server) })
  })
}

async function openSqlite(): Promise<TestDatabase> {
  return inFolder(await copySqlite(inject('sqliteTemplate')))
}

async function openEmptySqlite(): Promise<TestDatabase> {
  return inFolder(await mkdtemp(path.join(scratchFolder(), 'ks-sqlite-')))
}

function inFolder(folder: string): TestDatabase {
  return {
    url: `sqlite:${path.join(folder, 'kickstand.db')}`,
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
}
