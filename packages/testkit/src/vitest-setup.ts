import type { TestProject } from 'vitest/node'
import { findMariadb, startMariadb } from './mariadb.ts'
import { createMariadbTemplate, createSqliteTemplate } from './migrated-databases.ts'
import { everythingRequired } from './require-all.ts'
import { scratchFolder } from './scratch-folder.ts'
import './engines.ts'

/** Runs once before the service tests: starts one MariaDB for all of them, and stops it after the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = await createSqliteTemplate()
  project.provide('sqliteTemplate', template.file)
  if (findMariadb() === null && !everythingRequired()) {
    project.provide('mariadbUrl', null)
    return template.remove
  }
  const server = await startMariadb({ under: scratchFolder() })
  await createMariadbTemplate(server.url)
  project.provide('mariadbUrl', server.url)
  return async () => {
    await server.stop()
    await template.remove()
  }
}
