import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@kickstand/testkit'
import { checkHealth } from '../health.ts'
import { startDetached, waitFor } from '../processes.ts'
import { program } from '../programs.ts'
import type { Part, State } from '../state.ts'

const READY_WITHIN_MS = 60_000
const RULES = fileURLToPath(new URL('../../varnish/', import.meta.url))

/** Starts Varnish on `port` (0 for a free one) in front of the load balancer, with the rules of ops/varnish. */
export async function startCdn(
  folder: string,
  port: number,
  balancerPort: number,
  state: State,
  started: (part: Part) => void,
): Promise<void> {
  const own = port === 0 ? await freePort() : port
  const place = path.join(folder, 'varnish')
  mkdirSync(place, { recursive: true })
  const backend = readFileSync(path.join(RULES, 'backend.vcl'), 'utf8')
  writeFileSync(path.join(place, 'backend.vcl'), backend.replace(/\.port = "\d+"/, `.port = "${balancerPort}"`))
  const start = { folder, name: 'varnish', program: program('varnishd') }
  const args = [
    ['-F', '-j', 'none', '-n', path.join(place, 'work')],
    ['-a', `127.0.0.1:${own}`, '-s', 'malloc,256m'],
    ['-p', `vcl_path=${place}:${RULES}`, '-f', path.join(RULES, 'kickstand.vcl')],
    // Every open stream occupies a thread.
    ['-p', 'thread_pool_max=12000', '-p', 'thread_pool_stack=80k'],
  ].flat()
  const pid = startDetached({ ...start, args })
  const part: Part = { name: 'varnish', kind: 'cdn', pid, address: `http://127.0.0.1:${own}` }
  started(part)
  await waitFor(start, pid, READY_WITHIN_MS, () => checkHealth(part, state))
}
