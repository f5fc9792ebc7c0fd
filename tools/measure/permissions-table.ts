/**
 * Compares the table of permissions with the routes of the service, and prints each difference. Last line: { routes, different }.
 */
import { readFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { ROOT } from '../steps.ts'
import { tableDifferences } from './compare-tables.ts'
import { printFigures } from './print-figures.ts'

// Compiling the service takes longer than asking it. What is compiled is kept for the next run.
enableCompileCache()
const { accessTable, listAccess } = await import('../../packages/backend/src/index.ts')
const { parseConfig } = await import('../../packages/backend/src/platform/config.ts')

/** Of a service that only registers its routes: what the settings of this machine say does not matter. */
const SETTINGS = { KICKSTAND_DATABASE_URL: 'sqlite::memory:', KICKSTAND_DEMO: 'off', KICKSTAND_BASEMAP: 'none' }
const TABLE = /<!-- routes -->([^]*?)<!-- \/routes -->/

const documented = TABLE.exec(readFileSync(path.join(ROOT, 'docs/admin/permissions.md'), 'utf8'))?.[1] ?? ''
const routes = await listAccess(parseConfig(SETTINGS, ROOT))
const differences = tableDifferences(documented, accessTable(routes))
printFigures(differences, { routes: routes.length, different: differences.length })
process.exitCode = differences.length === 0 ? 0 : 1
