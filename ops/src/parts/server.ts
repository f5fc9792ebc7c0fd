import { fileURLToPath } from 'node:url'
import { startDetached, waitFor } from '../processes.ts'
import type { Part, State } from '../state.ts'

/** Long, because a server reads all zones at the start, possibly millions. */
const READY_WITHIN_MS = 300_000
const MAIN = fileURLToPath(new URL('../../../apps/server/src/main.ts', import.meta.url))
/** The same flags as in tools/runtime/run.mjs, which `npm start` uses. */
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8']

/** Starts an app server on its port. Resolves once it is ready. */
export async function startServer(
  folder: string,
  name: string,
  port: number,
  serverEnv: State['serverEnv'],
  started: (part: Part) => void,
): Promise<void> {
  const env = { ...serverEnv, KICKSTAND_HOST: '127.0.0.1', KICKSTAND_PORT: String(port) }
  const start = { folder, name, program: process.execPath }
  const pid = startDetached({ ...start, args: [...NODE_FLAGS, MAIN], env })
  const address = `http://127.0.0.1:${port}`
  started({ name, kind: 'server', pid, address })
  await waitFor(start, pid, READY_WITHIN_MS, async () => {
    const answer = await fetch(`${address}/readyz`, { headers: { connection: 'close' } })
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`/readyz answered ${answer.status}`)
  })
}
