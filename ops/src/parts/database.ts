import { chmodSync, chownSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { DomainError } from '@kickstand/domain'
import { freePort } from '@kickstand/testkit'
import { query } from '../health.ts'
import { startDetached, waitFor } from '../processes.ts'
import { GALERA_LIBRARY, program } from '../programs.ts'
import type { Part } from '../state.ts'

const NAME = 'kickstand'
/** A node with an empty database usually joins within eight seconds. */
const READY_WITHIN_MS = 180_000
const NODES = 3

/** As durable as in production; docs/operating/mariadb.md explains each option. */
const OPTIONS = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--character-set-server=utf8mb4',
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=256M',
  '--innodb-log-file-size=128M',
  '--max-connections=500',
  '--performance-schema=OFF',
]

export type DatabaseInput = {
  readonly folder: string
  readonly password: string
  /** Called with each node as soon as it runs. */
  readonly started: (part: Part) => void
}

const isRoot = (): boolean => process.getuid?.() === 0

/** Creates the data folder of a node if there is none. Returns the options with its paths. */
function prepare(folder: string, user: string, install: boolean): string[] {
  const data = path.join(folder, 'data')
  mkdirSync(data, { recursive: true })
  if (isRoot() && user !== 'root') {
    const { uid, gid } = idsOf(user)
    for (const made of [folder, data]) chownSync(made, uid, gid)
  }
  const where = ['--no-defaults', `--datadir=${data}`, `--tmpdir=${folder}`, ...(isRoot() ? [`--user=${user}`] : [])]
  if (install && !existsSync(path.join(data, 'mysql'))) {
    const options = [...where, '--auth-root-authentication-method=normal', '--skip-test-db']
    const made = spawnSync(program('mariadb-install-db'), options, { encoding: 'utf8' })
    if (made.status !== 0) {
      throw new DomainError('not-ready', `The database could not be created:\n${made.stdout}${made.stderr}`)
    }
  }
  return [...where, `--socket=${path.join(folder, 'sock')}`, `--pid-file=${path.join(folder, 'pid')}`]
}

function idsOf(user: string): { uid: number; gid: number } {
  const idOf = (flag: string): number => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout)
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** Starts one server, or a cluster of three, and returns the database URL for the app servers. */
export async function startDatabase(input: DatabaseInput, cluster: boolean): Promise<string> {
  const hosts = cluster ? await startCluster(input) : [await startOne(input)]
  await makeAccount(hosts[0], input.password)
  return `mariadb://${NAME}:${input.password}@${hosts.join(',')}/${NAME}`
}

async function startOne({ folder, started }: DatabaseInput): Promise<string> {
  const place = path.join(folder, 'mariadb')
  const where = prepare(place, 'root', true)
  const address = `127.0.0.1:${await freePort()}`
  const start = { folder, name: 'mariadb', program: program('mariadbd') }
  const pid = startDetached({ ...start, args: [...where, ...OPTIONS, `--port=${portOf(address)}`] })
  started({ name: 'mariadb', kind: 'database', pid, address })
  await waitFor(start, pid, READY_WITHIN_MS, () => ask(address, 'SELECT 1'))
  return address
}

/** One after the other: a node can send its data to only one other node at a time. */
async function startCluster({ folder, started }: DatabaseInput): Promise<string[]> {
  const ports = await Promise.all(Array.from({ length: NODES * 4 }, freePort))
  const nodes = Array.from({ length: NODES }, (_, i) => ports.slice(i * 4, i * 4 + 4))
  const members = nodes.map(([, group]) => `127.0.0.1:${group}`).join(',')
  // The user `mysql` may pass through to its own folders, but may not list this one.
  if (isRoot()) chmodSync(folder, 0o711)
  for (const [i, [port, group, transfer, catchUp]] of nodes.entries()) {
    const name = `galera-${i + 1}`
    // rsync, which copies data between nodes, does not write as root.
    const where = prepare(path.join(folder, name), 'mysql', i === 0)
    const start = { folder, name, program: program('mariadbd') }
    const cluster = [
      '--binlog-format=ROW',
      '--innodb-autoinc-lock-mode=2',
      '--wsrep-on=ON',
      `--wsrep-provider=${GALERA_LIBRARY}`,
      '--wsrep-cluster-name=kickstand',
      `--wsrep-cluster-address=gcomm://${members}`,
      '--wsrep-sst-method=rsync',
      `--wsrep-node-address=127.0.0.1:${group}`,
      `--wsrep-sst-receive-address=127.0.0.1:${transfer}`,
      `--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:${group};ist.recv_addr=127.0.0.1:${catchUp};socket.checksum=1`,
      ...(i === 0 ? ['--wsrep-new-cluster'] : []),
    ]
    const pid = startDetached({ ...start, args: [...where, ...OPTIONS, ...cluster, `--port=${port}`] })
    const address = `127.0.0.1:${port}`
    started({ name, kind: 'database', pid, address })
    await waitFor(start, pid, READY_WITHIN_MS, async () => {
      const [state] = await ask(address, "SHOW STATUS LIKE 'wsrep_local_state_comment'")
      if (state?.['Value'] !== 'Synced') throw new Error(`it is ${String(state?.['Value'])}`)
    })
  }
  return nodes.map(([port]) => `127.0.0.1:${port}`)
}

const portOf = (address: string): string => new URL(`tcp://${address}`).port

/** Runs a statement as root, which may connect from this machine only. */
function ask(address: string, statement: string): ReturnType<typeof query> {
  return query(address, 'root', '', statement)
}

async function makeAccount(address: string, password: string): Promise<void> {
  const who = `${NAME}@'127.0.0.1'`
  await ask(address, `CREATE DATABASE IF NOT EXISTS ${NAME} CHARACTER SET utf8mb4`)
  await ask(address, `CREATE OR REPLACE USER ${who} IDENTIFIED BY '${password}'`)
  await ask(address, `GRANT ALL ON ${NAME}.* TO ${who}`)
}
