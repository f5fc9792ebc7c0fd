import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { accessRows, accessTable, listAccess } from '@kickstand/backend'
import { parseConfig } from '@kickstand/backend/config'
import type { Command } from 'commander'
import { print, printJson } from '#output.ts'
import { projectRoot } from '#service.ts'

const DOCUMENT = 'docs/admin/permissions.md'
/** Of a service that only registers its routes: what the settings of this machine say does not matter. */
const SETTINGS = { KICKSTAND_DATABASE_URL: 'sqlite::memory:', KICKSTAND_DEMO: 'off', KICKSTAND_BASEMAP: 'none' }
const TABLE = /(?<=<!-- routes -->\n\n)[^]*?(?=\n\n<!-- \/routes -->)/

type Options = { readonly json?: boolean; readonly write?: boolean }

/** `kickstand access`: who may use which route of the API. */
export function accessCommand(program: Command): void {
  program
    .command('access')
    .description('list who may use which route of the API')
    .option('--json', 'print the list as JSON')
    .option('--write', `update the table in ${DOCUMENT}`)
    .action(async ({ json, write }: Options) => {
      const routes = await listAccess(parseConfig(SETTINGS, projectRoot))
      if (write) {
        const file = join(projectRoot, DOCUMENT)
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replace(TABLE, () => accessTable(routes)),
        )
        print(`${DOCUMENT} is up to date.`)
      } else if (json) printJson(accessRows(routes))
      else for (const line of accessTable(routes).split('\n')) print(line)
    })
}
