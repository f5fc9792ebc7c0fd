import { existsSync } from 'node:fs'
import path from 'node:path'
import { freePort, freshDatabase, startManaged, startMariadb, startRedis } from '@kickstand/testkit'
import { DomainError } from '@kickstand/domain'
import pg from 'pg'
import type { PeerName } from './peer-kinds.ts'

/** A store on loopback with its data in a temporary folder. `pid`: the root of its process tree. */
export type Store = { readonly url: string; readonly pid: number; stop(): Promise<void> }

const READY_TIMEOUT_MS = 60_000
const POSTGRES_FOLDERS = ['/usr/lib/postgresql/17/bin', '/usr/lib/postgresql/16/bin', '/usr/lib/postgresql/15/bin']

/** PostgreSQL does not run as root. Then it runs as the user `postgres` of its package. */
const POSTGRES = `
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
if [ "$(id -u)" = 0 ]; then chown postgres:postgres "$folder"; fi
cd "$folder" && as "$1/initdb" -D "$folder/data" -U kickstand --auth=trust -E UTF8 --locale=C &&
if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=postgres --regid=postgres --clear-groups "$1/postgres" $OPTIONS; fi
exec "$1/postgres" $OPTIONS
`
/** Settings that its manual advises for data that fits in memory. */
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
  const folder = requirePackage(
    'postgresql-15-postgis-3',
    POSTGRES_FOLDERS.find((one) => existsSync(path.join(one, 'postgres'))) ?? null,
  )
  const port = await freePort()
  const kept = await startManaged(POSTGRES, [folder], {
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
  }, READY_TIMEOUT_MS)
  return { url, pid: kept.pid, stop: kept.stop }
}

async function startSpatial(): Promise<Store> {
  const server = await startMariadb({ bufferPool: '4G', logFile: '1G' })
  const { url } = await freshDatabase(server.url)
  return { url, pid: server.pid, stop: server.stop }
}

function requirePackage(debianPackage: string, found: string | null): string {
  if (found !== null) return found
  throw new DomainError('invalid-request', `This measurement needs ${debianPackage}: apt-get install ${debianPackage}`)
}

/** Starts each store. Throws `invalid-request` where its program is not installed. */
export const STORES: Readonly<Record<PeerName, () => Promise<Store>>> = {
  redis: startRedis,
  postgis: startPostgis,
  mariadb: startSpatial,
}
