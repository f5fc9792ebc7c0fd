import { DomainError, visibleText } from '@kickstand/domain'
import { builtApps } from '#http/web-routes.ts'
import type { Config } from '#platform/config.ts'
import { startService } from './start.ts'

const EXIT_TIMEOUT_MS = 3_000

/**
 * Starts the service with the apps built below `projectRoot`, prints its address, and stops it on SIGTERM or SIGINT. An error is printed as one line on
 * standard error: exit code 2 for errors that the operator can fix, 1 for bugs.
 */
export async function serve(readConfig: () => Config, projectRoot: string): Promise<void> {
  try {
    const config = readConfig()
    const service = await startService(config, { webRoots: builtApps(projectRoot) })
    // Before the address is printed. A signal to a whole process group may arrive more than once.
    const stop = (noticeMs: number): void => void service.stop(noticeMs).then(() => process.exit(0))
    process.on('SIGTERM', () => stop(config.drainSeconds * 1000))
    // A person at the terminal: no load balancer has to notice first.
    process.on('SIGINT', () => stop(0))
    for (const text of await service.welcome()) process.stdout.write(`${visibleText(text)}\n`)
  } catch (error) {
    const known = error instanceof DomainError
    const text = known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`kickstand: ${text.split('\n').map(visibleText).join('\n')}\n`)
    process.exitCode = known ? 2 : 1
    // Everything that was started has been closed. The process exits even if something still runs.
    setTimeout(() => process.exit(), EXIT_TIMEOUT_MS).unref()
  }
}
