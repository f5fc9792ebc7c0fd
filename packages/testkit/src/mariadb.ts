import { spawn } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import { findProgram } from './browsers.ts'
import { freePort } from './free-port.ts'

export type Mariadb = {
  /** `mariadb://kickstand@127.0.0.1:PORT`, without a database name. */
  readonly url: string
  readonly stop: () => Promise<void>
}

/** A second or two is usual; a slow memory card needs much longer. */
const READY_WITHIN_MS = 60_000

/**
 * Both programs run under a shell that waits for its stdin to close: that happens when the test process ends in whatever
 * way, kill -9 included, so no server and no folder outlives its tests.
 */
const KEEPER = `
folder=$1; install=$2; server=$3; shift 3
trap '' INT TERM HUP
gone() { kill -9 "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; rm -rf "$folder"; exit 0; }
{ "$install" --no-defaults --datadir="$folder/data" --auth-root-authentication-method=normal --skip-test-db $USER_FLAG &&
  exec "$server" --no-defaults --datadir="$folder/data" $USER_FLAG "$@"; } >"$folder/log" 2>&1 </dev/null &
pid=$!
while read -r _; do :; done
gone
`

export function findMariadb(): { readonly server: string; readonly install: string } | null {
  const server = findProgram('mariadbd')
  const install = findProgram('mariadb-install-db')
  return server === null || install === null ? null : { server, install }
}

/**
 * A private MariaDB on loopback with its data in a temporary folder, as durable as in production (flush at every commit)
 * but with small buffers. Takes a few seconds; share one per test run and give each test its own `freshDatabase`.
 */
export async function startMariadb(): Promise<Mariadb> {
  const programs = findMariadb()
  if (programs === null) throw new Error('mariadbd is not installed: apt-get install mariadb-server')
  const folder = await mkdtemp(path.join(tmpdir(), 'ks-mariadb-'))
  const port = await freePort()
  await writeFile(
    path.join(folder, 'init.sql'),
    "CREATE USER IF NOT EXISTS kickstand@'127.0.0.1';\nGRANT ALL ON *.* TO kickstand@'127.0.0.1';\n",
  )
  const args = ['-c', KEEPER, 'keeper', folder, programs.install, programs.server, ...serverOptions(folder, port)]
  const keeper = spawn('sh', args, {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', USER_FLAG: process.getuid?.() === 0 ? '--user=root' : '' },
  })
  const ended = new Promise<void>((resolve) => keeper.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    keeper.stdin.end()
    await ended
  }
  const url = `mariadb://kickstand@127.0.0.1:${port}`
  try {
    await answering(url)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

/** Makes an empty utf8mb4 database on the server and returns its address and how to throw it away. */
export async function freshDatabase(server: string): Promise<{ url: string; dispose: () => Promise<void> }> {
  const name = `ks_${crypto.randomUUID().slice(0, 13).replace('-', '_')}`
  await run(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  return { url: `${server}/${name}`, dispose: () => run(server, `DROP DATABASE IF EXISTS ${name}`) }
}

function serverOptions(folder: string, port: number): string[] {
  return [
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--socket=${folder}/sock`,
    `--pid-file=${folder}/pid`,
    `--init-file=${folder}/init.sql`,
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=64M',
    '--innodb-log-file-size=16M',
    '--max-connections=300',
    '--performance-schema=OFF',
  ]
}

async function answering(url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    try {
      await run(url, 'SELECT 1')
      return
    } catch (error) {
      if (Date.now() > deadline) throw new Error('mariadbd did not answer in a minute', { cause: error })
      await sleep(150)
    }
  }
}

async function run(server: string, statement: string): Promise<void> {
  const { hostname, port, username } = new URL(server)
  const connection = await mysql.createConnection({ host: hostname, port: Number(port), user: username })
  try {
    await connection.query(statement)
  } finally {
    await connection.end()
  }
}
