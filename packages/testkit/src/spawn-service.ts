import { readFileSync } from 'node:fs'
import path from 'node:path'
import { freePort } from './free-port.ts'
import { startKept } from './kept-process.ts'
import { serviceEnvironment } from './require-all.ts'
import { testSettings } from './start-service.ts'

export type SpawnedService = {
  readonly url: string
  readonly pid: number
  /** What it has written, both streams. */
  readonly log: () => string
  /** kill -9, at once. */
  readonly kill: () => void
  /** Ends it politely (or sweeps up after `kill`) and waits. */
  readonly stop: () => Promise<void>
}

/** Against hanging only: how fast a machine is must not decide a test. */
const READY_WITHIN_MS = 180_000

/** Where the server's program lies. */
export const SERVER_MAIN = path.resolve(import.meta.dirname, '../../../apps/server/src/main.ts')

/** Writes its process number, then becomes the server. The inner shell's parent is the process that `exec` replaces. */
const COMMAND = 'sh -c \'echo $PPID\' >"$folder/pid"; exec "$1" "$2"'

/** The real server as a process of its own, under this Node. Resolves once `/readyz` answers 200. `under`: as for MariaDB. */
export async function spawnService(
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
  under?: string,
): Promise<SpawnedService> {
  const port = await freePort()
  const kept = await startKept(COMMAND, [process.execPath, SERVER_MAIN], {
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
