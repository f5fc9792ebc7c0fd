import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { findProgram } from './browsers.ts'
import { freePort } from './free-port.ts'
import { startManaged, type ManagedProcess } from './managed-process.ts'
import { findMariadb, runStatement } from './mariadb.ts'

const PROVIDER = '/usr/lib/galera/libgalera_smm.so'
const NODES = 3
/** A joining node usually takes eight seconds, because it copies the data of another. */
const READY_WITHIN_MS = 120_000

export type GaleraNode = {
  /** `mariadb://kickstand@127.0.0.1:PORT`, without a database name. */
  readonly url: string
  /** `127.0.0.1:PORT` */
  readonly host: string
  /** kill -9, at once. */
  kill(): void
  /** Suspends it (SIGSTOP) and resumes it: while suspended it accepts connections but does not answer. */
  freeze(): void
  thaw(): void
  /** Starts it again at the same address, with an empty disk, and resolves once it has copied all data. */
  restart(): Promise<void>
}

export type Galera = {
  readonly nodes: readonly GaleraNode[]
  /** The URL of a database in the cluster; `first` is the index of the node named first. */
  urlOf(database: string, first?: number): string
  stop(): Promise<void>
}

/** "$1" is the server, "$2" its port, "$3" "$4" "$5" its other ports, "$6" the installer for the first node. */
const COMMAND = `
data="--no-defaults --datadir=$folder/data --tmpdir=$folder $USER_FLAG"
mkdir "$folder/data"
# Started by root, rsync's server writes as nobody, and could not write the copy of another node's data.
if [ -n "$USER_FLAG" ]; then chown mysql "$folder" "$folder/data"; fi
if [ -n "$6" ]; then
  "$6" $data --auth-root-authentication-method=normal --skip-test-db || exit
  first=--wsrep-new-cluster
fi
exec "$1" $data --port="$2" --socket="$folder/sock" --pid-file="$folder/pid" $OPTIONS $first \\
  --wsrep-node-address=127.0.0.1:"$3" --wsrep-sst-receive-address=127.0.0.1:"$4" \\
  --wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:$3;ist.recv_addr=127.0.0.1:$5;gcache.size=16M;socket.checksum=1"
`

/** As durable as in production, with small buffers. */
const OPTIONS = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--character-set-server=utf8mb4',
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=64M',
  '--innodb-log-file-size=16M',
  '--max-connections=200',
  '--performance-schema=OFF',
  '--binlog-format=ROW',
  '--innodb-autoinc-lock-mode=2',
  '--wsrep-on=ON',
  `--wsrep-provider=${PROVIDER}`,
  '--wsrep-cluster-name=kickstand',
  '--wsrep-sst-method=rsync',
]

/** The programs for a MariaDB cluster, or null where some are not installed. */
export function findGalera(): { readonly server: string; readonly install: string } | null {
  if (!existsSync(PROVIDER) || findProgram('rsync') === null) return null
  return findMariadb()
}

/** A cluster of three MariaDB servers on loopback. Takes half a minute to start. */
export async function startGalera(): Promise<Galera> {
  const programs = findGalera()
  if (programs === null) throw new Error('Galera is not installed: apt-get install mariadb-server galera-4 rsync')
  const ports = await Promise.all(Array.from({ length: NODES * 4 }, freePort))
  const at = Array.from({ length: NODES }, (_, i) => ports.slice(i * 4, i * 4 + 4))
  const members = at.map(([, group]) => `127.0.0.1:${group}`).join(',')
  const running: ManagedProcess[] = []

  async function startNode(i: number, isFirst: boolean): Promise<void> {
    const { server, install } = programs ?? { server: '', install: '' }
    const args = [server, ...at[i].map(String), isFirst ? install : '']
    running[i] = await startManaged(COMMAND, args, {
      env: {
        PATH: process.env['PATH'] ?? '',
        OPTIONS: [...OPTIONS, `--wsrep-cluster-address=gcomm://${members}`].join(' '),
        USER_FLAG: process.getuid?.() === 0 ? '--user=mysql' : '',
      },
      graceSeconds: 1,
    })
    await running[i].until(async () => {
      const [state] = await runStatement(urlOf(i, 'root'), `SHOW STATUS LIKE 'wsrep_local_state_comment'`)
      if (state?.Value !== 'Synced') throw new Error(`it is ${String(state?.Value)}`)
    }, READY_WITHIN_MS)
  }

  const urlOf = (i: number, user = 'kickstand'): string => `mariadb://${user}@127.0.0.1:${at[i][0]}`
  const signal = (i: number, name: NodeJS.Signals): void =>
    void process.kill(Number(readFileSync(path.join(running[i].folder, 'pid'), 'utf8')), name)
  const stop = async (): Promise<void> => void (await Promise.all(running.map((one) => one.stop())))
  try {
    // One after the other: a node can send its data to only one other node at a time.
    for (let i = 0; i < NODES; i += 1) await startNode(i, i === 0)
    // A node accepts no SQL before it has joined the cluster.
    await runStatement(urlOf(0, 'root'), `CREATE USER kickstand@'127.0.0.1'`)
    await runStatement(urlOf(0, 'root'), `GRANT ALL ON *.* TO kickstand@'127.0.0.1'`)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    nodes: at.map(([port], i) => ({
      url: urlOf(i),
      host: `127.0.0.1:${port}`,
      kill: () => signal(i, 'SIGKILL'),
      freeze: () => signal(i, 'SIGSTOP'),
      thaw: () => signal(i, 'SIGCONT'),
      async restart() {
        await running[i].stop()
        await startNode(i, false)
      },
    })),
    urlOf(database, first = 0) {
      const hosts = at.map(([port]) => `127.0.0.1:${port}`)
      return `mariadb://kickstand@${[...hosts.slice(first), ...hosts.slice(0, first)].join(',')}/${database}`
    },
    stop,
  }
}
