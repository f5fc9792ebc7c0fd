import { existsSync } from 'node:fs'
import path from 'node:path'
import { freePort, freshDatabase, startKept, startMariadb, startRedis } from '@kickstand/testkit'
import { DomainError } from '@kickstand/domain'
import pg from 'pg'
import type { PeerName } from './peer-kinds.ts'

/** A store of a peer on loopback with its data in a temporary folder. `pid` is above all of its processes. */
export type Store = { readonly url: string; readonly pid: number; stop(): Promise<void> }

const READY_WITHIN_MS = 60_000
const POSTGRES_FOLDERS = ['/usr/lib/postgresql/17/bin', '/usr/lib/postgresql/16/bin', '/usr/lib/postgresql/15/bin']

/** PostgreSQL refuses to run as root: it is then the user that its package made. */
const POSTGRES = `
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$folder"; fi
cd "$folder" && as "$1/initdb" -D "$folder/data" -U kickstand --auth=trust -E UTF8 --locale=C &&
if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=postgres --regid=postgres --clear-groups "$1/postgres" $OPTIONS; fi
exec "$1/postgres" $OPTIONS
`
/** Its manual's advice for a machine with memory to spare and data that fits it. */
const postgresOptions = (port: number): string =>
  ['-p', String(port), '-h', '127.0.0.1', '-D', 'data']
    .concat(
      [
        'unix_socket_directories=',
        'shared_buffers=2GB',
        'effective_cache_size=8GB',
        'maintenance_work_mem=512MB',
        'random_page_cost=1.1',
        'jit=off',
        'max_wal_size=8GB',
      ].flatMap((setting) => ['-c', setting]),
    )
    .join(' ')

async function startPostgis(): Promise<Store> {
  const folder = need(
    'postgresql-15-postgis-3',
    POSTGRES_FOLDERS.find((one) => existsSync(path.join(one, 'postgres'))) ?? null,
  )
  const port = await freePort()
  const kept = await startKept(POSTGRES, [folder], {
    env: { PATH: process.env['PATH'] ?? '', OPTIONS: postgresOptions(port) },
  })
  const url = `postgres://kickstand@127.0.0.1:${port}/postgres`
  await kept.until(async () => {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
    } finally {
      await client.end()
    }
  }, READY_WITHIN_MS)
  return { url, pid: kept.pid, stop: kept.stop }
}

async function startSpatial(): Promise<Store> {
  const server = await startMariadb({ bufferPool: '4G', logFile: '1G' })
  const { url } = await freshDatabase(server.url)
  return { url, pid: server.pid, stop: server.stop }
}

function need(debianPackage: string, found: string | null): string {
  if (found !== null) return found
  throw new DomainError('invalid-request', `This measurement needs ${debianPackage}: apt-get install ${debianPackage}`)
}

/** How each peer's store is started. Throws `invalid-request` where its program is not installed. */
export const STORES: Readonly<Record<PeerName, () => Promise<Store>>> = {
  redis: startRedis,
  postgis: startPostgis,
  mariadb: startSpatial,
}
