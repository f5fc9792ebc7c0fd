import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@kickstand/testkit'
import { checkHealth } from '../health.ts'
import { startDetached, waitFor } from '../processes.ts'
import { program } from '../programs.ts'
import type { Part, State } from '../state.ts'

const READY_WITHIN_MS = 30_000
const CADDYFILE = fileURLToPath(new URL('../../caddy/Caddyfile', import.meta.url))

/** Path of the CA certificate that Caddy creates. */
export const authorityIn = (folder: string): string => path.join(folder, 'caddy/pki/authorities/local/root.crt')

/**
 * Starts Caddy in front of the app servers: TLS on `port` (0 for a free one), plain HTTP for the CDN on the returned
 * port.
 */
export async function startBalancer(
  folder: string,
  port: number,
  servers: readonly Part[],
  state: State,
  started: (part: Part) => void,
): Promise<number> {
  const [own, plain, admin] = [port === 0 ? await freePort() : port, await freePort(), await freePort()]
  const env = {
    SITES: `https://localhost:${own}`,
    PLAIN: `http://:${plain}`,
    SERVERS: servers.map(({ address }) => new URL(address).host).join(' '),
    ADMIN: `localhost:${admin}`,
    STORAGE: path.join(folder, 'caddy'),
    XDG_CONFIG_HOME: path.join(folder, 'caddy'),
    XDG_DATA_HOME: path.join(folder, 'caddy'),
  }
  const start = { folder, name: 'caddy', program: program('caddy') }
  const pid = startDetached({ ...start, args: ['run', '--config', CADDYFILE, '--adapter', 'caddyfile'], env })
  const part: Part = { name: 'caddy', kind: 'balancer', pid, address: `https://localhost:${own}` }
  started(part)
  await waitFor(start, pid, READY_WITHIN_MS, () => checkHealth(part, state))
  return plain
}
