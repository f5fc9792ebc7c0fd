import { freePort } from '@kickstand/testkit'
import { checkRedis } from '../health.ts'
import { startDetached, waitFor } from '../processes.ts'
import { program } from '../programs.ts'
import type { Part } from '../state.ts'

const READY_WITHIN_MS = 30_000

/** In memory only: Kickstand can lose its data in Redis at any time. */
export async function startRedis(folder: string, started: (part: Part) => void): Promise<string> {
  const port = await freePort()
  // A process title would overwrite its environment, which `belongsTo` reads.
  const own = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--set-proc-title', 'no']
  const args = [...own, '--save', '', '--appendonly', 'no', '--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru']
  const start = { folder, name: 'redis', program: program('redis-server') }
  const pid = startDetached({ ...start, args })
  const address = `redis://127.0.0.1:${port}`
  started({ name: 'redis', kind: 'redis', pid, address })
  await waitFor(start, pid, READY_WITHIN_MS, () => checkRedis(port))
  return address
}
