import path from 'node:path'
import { freePort, serviceEnvironment, startManaged } from '@kickstand/testkit'
import { test as base, type LaunchOptions } from '@playwright/test'

export type Service = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** The server's output so far. */
  readonly log: () => string
  /** Its temporary folder, with the database `kickstand.db` unless the settings name another. */
  readonly folder: string
}

type WorkerFixtures = {
  /**
   * Environment variables of the server (`KICKSTAND_…`), besides address and database. Set with `test.use({ settings: …
   * })`.
   */
  settings: Readonly<Record<string, string>>
  /**
   * Whether the browser draws maps. Without a graphics card that takes more than half of the processor time of a story,
   * so stories that do not concern the map switch it off: `test.use({ webgl: false })`.
   */
  webgl: boolean
  /** A real server with its own empty database, one per worker and settings. */
  service: Service
}

const SERVER = path.resolve(import.meta.dirname, '../apps/server/src/main.ts')
const SOFTWARE_WEBGL = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader']
const READY_TIMEOUT_MS = 60_000

/** Starts the server as a process on a temporary database. `stop` ends it. */
export async function startService(
  settings: Readonly<Record<string, string>>,
): Promise<Service & { readonly stop: () => Promise<void> }> {
  const port = settings['KICKSTAND_PORT'] ?? String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const env = serviceEnvironment({ KICKSTAND_HOST: '127.0.0.1', KICKSTAND_PORT: port, ...settings })
  const command =
    'export KICKSTAND_DATABASE_URL="${KICKSTAND_DATABASE_URL:-sqlite:$folder/kickstand.db}"; exec "$1" "$2"'
  const server = await startManaged(command, [process.execPath, SERVER], { env })
  try {
    await server.until(async () => {
      const answer = await fetch(`${url}/readyz`)
      if (!answer.ok) throw new Error(`readyz answered ${answer.status}`)
    }, READY_TIMEOUT_MS)
  } catch (error) {
    await server.stop()
    throw error
  }
  return { url, log: server.log, folder: server.folder, stop: server.stop }
}

/** Options that switch WebGL on, drawn by the processor, or off. */
function launchWithWebgl(browserName: string, options: LaunchOptions, webgl: boolean): LaunchOptions {
  if (browserName === 'firefox') {
    return {
      ...options,
      firefoxUserPrefs: { ...options.firefoxUserPrefs, [webgl ? 'webgl.force-enabled' : 'webgl.disabled']: true },
    }
  }
  return { ...options, args: [...(options.args ?? []), ...(webgl ? SOFTWARE_WEBGL : ['--disable-3d-apis'])] }
}

export const test = base.extend<object, WorkerFixtures>({
  settings: [{}, { scope: 'worker', option: true }],
  webgl: [true, { scope: 'worker', option: true }],
  launchOptions: [
    async ({ browserName, launchOptions, webgl }, use) => {
      await use(launchWithWebgl(browserName, launchOptions, webgl))
    },
    { scope: 'worker' },
  ],
  service: [
    async ({ settings }, use) => {
      const { stop, ...service } = await startService(settings)
      await use(service)
      await stop()
    },
    { scope: 'worker', timeout: 2 * READY_TIMEOUT_MS },
  ],
  baseURL: async ({ service }, use) => {
    await use(service.url)
  },
})

export { expect } from '@playwright/test'
