import { serve } from '@kickstand/backend'
import type { Command } from 'commander'
import { loadConfig, projectRoot } from '#service.ts'

/** `kickstand serve`: runs the service in the foreground until it gets a signal to stop. */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('serve the page and the API (npm start does this after preparing everything)')
    .option(
      '--roles <roles>',
      'roles of this process, comma-separated: web, api, live, jobs (overrides KICKSTAND_ROLES)',
    )
    .action(({ roles }: { roles?: string }) =>
      serve(() => loadConfig(roles === undefined ? {} : { KICKSTAND_ROLES: roles }), projectRoot),
    )
}
