import { explainFailure, startService } from '@kickstand/backend'
import type { Command } from 'commander'
import { print } from '#output.ts'
import { loadConfig, projectRoot } from '#service.ts'

/** `kickstand serve`: the service in the foreground, until it is told to stop. */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('serve the page and the API (npm start does this after preparing everything)')
    .action(async () => {
      try {
        const service = await startService(loadConfig(), { webRoot: `${projectRoot}apps/web/dist` })
        print(await service.welcome())
        for (const signal of ['SIGINT', 'SIGTERM'] as const) {
          process.once(signal, () => void service.stop().then(() => process.exit(0)))
        }
      } catch (error) {
        const { line, exitCode } = explainFailure(error)
        process.stderr.write(`kickstand: ${line}\n`)
        process.exitCode = exitCode
      }
    })
}
