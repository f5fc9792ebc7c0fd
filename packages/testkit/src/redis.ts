import { connect } from 'node:net'
import { findProgram } from './browsers.ts'
import { freePort } from './free-port.ts'
import { startManaged } from './managed-process.ts'

export type RedisServer = {
  /** `redis://127.0.0.1:PORT` */
  readonly url: string
  /** Process id of the supervising shell: see `ManagedProcess`. */
  readonly pid: number
  readonly stop: () => Promise<void>
}

/** In memory only: Kickstand can lose its data in Redis at any time. */
const COMMAND = `exec "$1" --bind 127.0.0.1 --port "$2" --save '' --appendonly no --dir "$folder"`
const READY_WITHIN_MS = 30_000

export function findRedis(): string | null {
  return findProgram('redis-server')
}

/** A private Redis on loopback. With `port`, it can be started again at the same address. */
export async function startRedis(port?: number): Promise<RedisServer> {
  const program = findRedis()
  if (program === null) throw new Error('redis-server is not installed: apt-get install redis-server')
  const at = port ?? (await freePort())
  const kept = await startManaged(COMMAND, [program, String(at)], { env: { PATH: process.env['PATH'] ?? '' } })
  await kept.until(() => ping(at), READY_WITHIN_MS)
  return { url: `redis://127.0.0.1:${at}`, pid: kept.pid, stop: kept.stop }
}

function ping(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.once('data', (answer) => {
      socket.destroy()
      if (answer.toString().startsWith('+PONG')) resolve()
      else reject(new Error(`Redis answered ${answer.toString()}`))
    })
    socket.once('error', reject)
  })
}
