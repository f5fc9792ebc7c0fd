import type { TestProject } from 'vitest/node'
import { findMariadb, startMariadb } from './mariadb.ts'
import { everythingRequired } from './require-all.ts'
import './engines.ts'

/** Runs once before the service tests: starts one MariaDB for all of them, and stops it after the run. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (findMariadb() === null && !everythingRequired()) {
    project.provide('mariadbUrl', null)
    return undefined
  }
  const server = await startMariadb()
  project.provide('mariadbUrl', server.url)
  return server.stop
}
