import {
  createFeedKey,
  openDatabase,
  sealEntries,
  sleep,
  systemClock,
  uptime,
  verifyChain,
  type Database,
} from '@kickstand/backend'
import { runStatement, startGalera, type Galera } from '@kickstand/testkit'
import { quantile } from '../measure/statistics.ts'

export type AuditBenchOptions = {
  readonly seconds: number
  /** Changes at a time on each node. */
  readonly writers: number
}

/** `lost`: changes that were answered and have no entry. Times in milliseconds. */
export type AuditBenchResult = AuditBenchOptions & {
  readonly nodes: number
  readonly changes: number
  readonly failed: number
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  /** Entries that were not in the chain yet when the last change ended. */
  readonly waiting: number
  readonly entries: number
  readonly lost: number
  readonly isWhole: boolean
}

const DATABASE = 'kickstand'
/** As servers do. */
const SEAL_EVERY_MS = 1_000
const WARM_UP_MS = 2_000
const ACTOR = { kind: 'command', name: 'bench' } as const

/** Audited changes on three nodes of a cluster at once, with sealing on each of them. Each change creates a token. */
export async function benchAudit(
  options: AuditBenchOptions,
  progress: (line: string) => void,
): Promise<AuditBenchResult> {
  progress('starting a cluster of three nodes')
  const galera = await startGalera()
  const databases: Database[] = []
  try {
    await runStatement(galera.nodes[0].url, `CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb4`)
    for (const i of galera.nodes.keys()) databases.push(await openNode(galera, i))
    progress(`${options.writers} writers on each node, ${options.seconds} s`)
    return await measure(databases, options)
  } finally {
    for (const database of databases) await database.close()
    await galera.stop()
  }
}

async function openNode(galera: Galera, i: number): Promise<Database> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openDatabase(galera.urlOf(DATABASE, i), systemClock)
    } catch (error) {
      // The node may not have the new database yet.
      if (attempt === 20) throw error
      await sleep(250)
    }
  }
}

async function measure(databases: readonly Database[], options: AuditBenchOptions): Promise<AuditBenchResult> {
  const times: number[] = []
  let [changes, failed, isRunning] = [0, 0, true]
  let measuredFrom = Number.POSITIVE_INFINITY

  async function write({ db, engine }: Database, name: string): Promise<void> {
    while (isRunning) {
      const begun = uptime()
      try {
        await createFeedKey({ db, engine, clock: systemClock, actor: ACTOR }, 'bench', name)
        changes += 1
        if (begun >= measuredFrom) times.push(uptime() - begun)
      } catch {
        failed += 1
      }
    }
  }
  async function seal(database: Database): Promise<void> {
    while (isRunning) {
      await sealEntries(database)
      await sleep(SEAL_EVERY_MS)
    }
  }

  const work = databases.flatMap((database, node) => [
    seal(database),
    ...Array.from({ length: options.writers }, (_, n) => write(database, `${node}-${n}`)),
  ])
  await sleep(WARM_UP_MS)
  measuredFrom = uptime()
  await sleep(options.seconds * 1000)
  isRunning = false
  await Promise.all(work)
  const seconds = (uptime() - measuredFrom) / 1000
  const [{ db }] = databases
  const { unsealed } = await verifyChain(db)
  while ((await sealEntries(databases[0])) > 0);
  const { entries, unsealed: left, broken } = await verifyChain(db)
  const sorted = times.toSorted((a, b) => a - b)
  return {
    ...options,
    nodes: databases.length,
    changes,
    failed,
    perSecond: times.length / seconds,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    waiting: unsealed,
    entries,
    lost: changes - entries - left,
    isWhole: broken === null && left === 0,
  }
}
