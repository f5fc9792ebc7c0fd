import path from 'node:path'
import { freePort, serviceEnvironment, startKept } from '@kickstand/testkit'
import { test as base } from '@playwright/test'

export type Service = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** What the server has written so far. */
  readonly log: () => string
}

type WorkerFixtures = {
  /** Settings of the server beyond its address and database, `KICKSTAND_…`; set by `test.use({ settings: … })`. */
  settings: Readonly<Record<string, string>>
  /** The real server on an empty database of its own, one per worker and settings. */
  service: Service
}

const SERVER = path.resolve(import.meta.dirname, '../apps/server/src/main.ts')
const READY_WITHIN_MS = 60_000

/** Starts the server as an operator would, on a throw-away database; `stop` ends it. */
export async function startService(
  settings: Readonly<Record<string, string>>,
): Promise<Service & { readonly stop: () => Promise<void> }> {
  const port = settings['KICKSTAND_PORT'] ?? String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const env = serviceEnvironment({ KICKSTAND_HOST: '127.0.0.1', KICKSTAND_PORT: port, ...settings })
  const command =
    'export KICKSTAND_DATABASE_URL="${KICKSTAND_DATABASE_URL:-sqlite:$folder/kickstand.db}"; exec "$1" "$2"'
  const server = await startKept(command, [process.execPath, SERVER], { env })
  try {
    await server.until(async () => {
      const answer = await fetch(`${url}/readyz`)
      if (!answer.ok) throw new Error(`readyz answered ${answer.status}`)
    }, READY_WITHIN_MS)
  } catch (error) {
    await server.stop()
    throw error
  }
  return { url, log: server.log, stop: server.stop }
}

export const test = base.extend<object, WorkerFixtures>({
  settings: [{}, { scope: 'worker', option: true }],
  service: [
    async ({ settings }, use) => {
      const { stop, ...service } = await startService(settings)
      await use(service)
      await stop()
    },
    { scope: 'worker', timeout: 2 * READY_WITHIN_MS },
  ],
  baseURL: async ({ service }, use) => {
    await use(service.url)
  },
})

export { expect } from '@playwright/test'
