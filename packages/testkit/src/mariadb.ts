import { readFileSync } from 'node:fs'
import path from 'node:path'
import mysql from 'mysql2/promise'
import { findProgram } from './browsers.ts'
import { freePort } from './free-port.ts'
import { startManaged } from './managed-process.ts'

export type Mariadb = {
  /** `mariadb://kickstand@HOST:PORT`, without a database name. */
  readonly url: string
  /** Process id of the supervising shell: see `ManagedProcess`. */
  readonly pid: number
  /** Suspends it (SIGSTOP) and resumes it: while suspended it accepts connections but does not answer. */
  readonly freeze: () => void
  readonly thaw: () => void
  readonly stop: () => Promise<void>
}

/** Usually a second or two; much longer on a slow memory card. */
const READY_WITHIN_MS = 60_000
const LOOPBACK = '127.0.0.1'

/** Creates the data folder, then becomes the server. "$1" is the installer, "$2" the server, "$3" its port. */
const COMMAND = `
data="--no-defaults --datadir=$folder/data --tmpdir=$folder $USER_FLAG"
"$1" $data --auth-root-authentication-method=normal --skip-test-db &&
echo "CREATE USER IF NOT EXISTS kickstand@'$FROM';
GRANT ALL ON *.* TO kickstand@'$FROM';" >"$folder/init.sql" &&
exec $RUN_BY "$2" $data --port="$3" --socket="$folder/sock" --pid-file="$folder/pid" --init-file="$folder/init.sql" $OPTIONS
`

/** As durable as in production. */
const OPTIONS = [
  '--skip-name-resolve',
  '--character-set-server=utf8mb4',
  '--innodb-flush-log-at-trx-commit=1',
  '--max-connections=300',
  '--performance-schema=OFF',
]

export function findMariadb(): { readonly server: string; readonly install: string } | null {
  const server = findProgram('mariadbd')
  const install = findProgram('mariadb-install-db')
  return server === null || install === null ? null : { server, install }
}

export type MariadbOptions = {
  readonly bufferPool?: string
  readonly logFile?: string
  /** Additional server options. */
  readonly options?: readonly string[]
  /** Parent of its temporary folder. */
  readonly under?: string
  /** A command prefix, such as `env` with variables or `ip netns exec`. */
  readonly runBy?: readonly string[]
  /** The address it listens on. With another than loopback, it accepts connections from everywhere. */
  readonly host?: string
}

/**
 * A private MariaDB on loopback with its data in a temporary folder and small buffers. Takes a few seconds to start:
 * share one per test run, and give each test its own `freshDatabase`.
 */
export async function startMariadb({
  bufferPool = '64M',
  logFile = '16M',
  options = [],
  under,
  runBy = [],
  host = LOOPBACK,
}: MariadbOptions = {}): Promise<Mariadb> {
  const programs = findMariadb()
  if (programs === null) throw new Error('mariadbd is not installed: apt-get install mariadb-server')
  const port = await freePort()
  const server = await startManaged(COMMAND, [programs.install, programs.server, String(port)], {
    env: {
      PATH: process.env['PATH'] ?? '',
      RUN_BY: runBy.join(' '),
      FROM: host === LOOPBACK ? LOOPBACK : '%',
      OPTIONS: [
        ...OPTIONS,
        `--bind-address=${host === LOOPBACK ? LOOPBACK : '0.0.0.0'}`,
        `--innodb-buffer-pool-size=${bufferPool}`,
        `--innodb-log-file-size=${logFile}`,
        ...options,
      ].join(' '),
      USER_FLAG: process.getuid?.() === 0 ? '--user=root' : '',
    },
    graceSeconds: 0,
    ...(under === undefined ? {} : { under }),
  })
  const url = `mariadb://kickstand@${host}:${port}`
  try {
    await server.until(() => runStatement(url, 'SELECT 1'), READY_WITHIN_MS)
  } catch (error) {
    await server.stop()
    throw error
  }
  const signal = (name: NodeJS.Signals): void =>
    void process.kill(Number(readFileSync(path.join(server.folder, 'pid'), 'utf8')), name)
  return {
    url,
    pid: server.pid,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    stop: server.stop,
  }
}

/** Creates an empty utf8mb4 database on the server. `dispose` drops it. */
export async function freshDatabase(server: string): Promise<{ url: string; dispose: () => Promise<void> }> {
  const name = `ks_${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`
  await runStatement(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  return {
    url: `${server}/${name}`,
    dispose: async () => void (await runStatement(server, `DROP DATABASE IF EXISTS ${name}`)),
  }
}

type Row = Readonly<Record<string, unknown>>

/** Runs statements on a connection of their own and returns the rows of the last. */
export async function runStatement(server: string, ...statements: readonly string[]): Promise<Row[]> {
  const { hostname, port, username } = new URL(server)
  const connection = await mysql.createConnection({ host: hostname, port: Number(port), user: username })
  try {
    let rows: unknown
    for (const statement of statements) [rows] = await connection.query(statement)
    return Array.isArray(rows) ? (rows as Row[]) : []
  } finally {
    await connection.end()
  }
}
