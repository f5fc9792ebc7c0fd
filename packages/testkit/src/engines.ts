import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, inject } from 'vitest'
import { freshDatabase } from './mariadb.ts'

export type TestDatabase = {
  /** `sqlite:/tmp/…/kickstand.db` or `mariadb://kickstand@127.0.0.1:PORT/ks_…`: empty, and used by this test only. */
  readonly url: string
  readonly dispose: () => Promise<void>
}

export type TestEngine = {
  readonly name: 'sqlite' | 'mariadb'
  readonly open: () => Promise<TestDatabase>
}

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- vitest's map of provided values is open by merging
  interface ProvidedContext {
    /** The shared MariaDB of this run, null where it is not installed. */
    mariadbUrl: string | null
  }
}

/**
 * Declares the same tests for each database engine. If an engine is not installed, its tests are skipped (unless all
 * are required; the run then fails at the start).
 */
export function forEachEngine(tests: (engine: TestEngine) => void): void {
  describe('on sqlite', () => {
    tests({ name: 'sqlite', open: openSqlite })
  })
  onNetworkEngine(tests)
}

/** Declares tests that need an engine behind a network connection, such as tests of a lost connection. */
export function onNetworkEngine(tests: (engine: TestEngine) => void): void {
  const mariadbUrl = inject('mariadbUrl') ?? null
  describe.skipIf(mariadbUrl === null)('on mariadb', () => {
    tests({ name: 'mariadb', open: () => freshDatabase(mariadbUrl ?? '') })
  })
}

async function openSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ks-sqlite-'))
  return {
    url: `sqlite:${path.join(folder, 'kickstand.db')}`,
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
}
