import { readFileSync } from 'node:fs'
import path from 'node:path'
import { freePort } from './free-port.ts'
import { startManaged } from './managed-process.ts'
import { serviceEnvironment } from './require-all.ts'
import { testSettings } from './start-service.ts'

export type SpawnedService = {
  readonly url: string
  readonly pid: number
  /** Its output so far, both streams. */
  readonly log: () => string
  /** kill -9, at once. */
  readonly kill: () => void
  /** Ends it with SIGTERM, or cleans up after `kill`, and waits. */
  readonly stop: () => Promise<void>
}

/** Only against a hang: a slow machine must not fail the test. */
const READY_WITHIN_MS = 180_000

/** Path of the server's main file. */
export const SERVER_MAIN = path.resolve(import.meta.dirname, '../../../apps/server/src/main.ts')

/**
 * Writes its process id, then becomes the server. The parent of the inner shell is the process that `exec` replaces.
 */
const COMMAND = 'sh -c \'echo $PPID\' >"$folder/pid"; exec "$1" "$2"'

/**
 * Starts the real server as a separate process, with this Node. Resolves once `/readyz` answers 200. `under`: see
 * `MariadbOptions`.
 */
export async function spawnService(
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
  under?: string,
): Promise<SpawnedService> {
  const port = await freePort()
  const kept = await startManaged(COMMAND, [process.execPath, SERVER_MAIN], {
    env: serviceEnvironment({ ...testSettings(databaseUrl), KICKSTAND_PORT: String(port), ...env }),
    ...(under === undefined ? {} : { under }),
  })
  const url = `http://127.0.0.1:${port}`
  try {
    await kept.until(async () => {
      const answer = await fetch(`${url}/readyz`)
      if (!answer.ok) throw new Error(`/readyz answered ${answer.status}`)
    }, READY_WITHIN_MS)
  } catch (error) {
    await kept.stop()
    throw error
  }
  const pid = Number(readFileSync(path.join(kept.folder, 'pid'), 'utf8'))
  return { url, pid, log: kept.log, kill: () => void process.kill(pid, 'SIGKILL'), stop: kept.stop }
}
