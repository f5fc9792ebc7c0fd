import { serve } from '@kickstand/backend'
import type { Command } from 'commander'
import { loadConfig, projectRoot } from '#service.ts'

/** `kickstand serve`: the service in the foreground, until it is told to stop. */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('serve the page and the API (npm start does this after preparing everything)')
    .option('--roles <roles>', 'what this server is there for: some of web,api,live,jobs (KICKSTAND_ROLES)')
    .action(({ roles }: { roles?: string }) =>
      serve(() => loadConfig(roles === undefined ? {} : { KICKSTAND_ROLES: roles }), `${projectRoot}apps/web/dist`),
    )
}
