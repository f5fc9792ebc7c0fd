import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DomainError } from '@kickstand/domain'
import { freePort } from '@kickstand/testkit'
import { checkHealth } from './health.ts'
import type { TopologyOptions } from './options.ts'
import { authorityIn, startBalancer } from './parts/balancer.ts'
import { startCdn } from './parts/cdn.ts'
import { startDatabase } from './parts/database.ts'
import { startRedis } from './parts/redis.ts'
import { startServer } from './parts/server.ts'
import { processesOf, end, belongsTo } from './processes.ts'
import { missingPackages } from './programs.ts'
import { forgetState, readState, writeState, type Part, type State } from './state.ts'

export type Progress = (line: string) => void
/** A part with its fault; null if it is healthy. */
export type PartStatus = Part & { readonly fault: string | null }

/** Long enough for the drain time of a server and the requests in progress. */
const END_WITHIN_MS = 20_000
/** Two health checks of the load balancer, so that it uses a restarted server again before the next one stops. */
const NOTICED_WITHIN_MS = 1_500

/**
 * Starts the production layout on this machine and leaves it running; see docs/operating/topologies.md. Every started
 * part is stored at once, so that `takeDown` finds it after a crash. Throws `invalid-config` if a program is missing or
 * the layout is already running, `not-ready` if a part does not start.
 */
export async function bringUp(options: TopologyOptions, progress: Progress): Promise<State> {
  const { folder } = options
  const missing = missingPackages(options)
  if (missing.length > 0) {
    throw new DomainError(
      'invalid-config',
      `Programs are missing for this layout. Install them with: apt-get install ${missing.join(' ')}`,
    )
  }
  if (processesOf(folder).length > 0) {
    const message = `A layout already runs in ${folder}. See "kickstand topology status", or stop it with "kickstand topology down".`
    throw new DomainError('invalid-config', message)
  }
  mkdirSync(folder, { recursive: true })
  let state: State = { database: options.database, parts: [], serverEnv: {}, authority: authorityIn(folder) }
  const started = (part: Part): void => {
    state = { ...state, parts: [...state.parts, part] }
    writeState(folder, state)
    progress(`${part.name.padEnd(10)} ${part.address}`)
  }

  const database = { folder, password: passwordIn(folder), started }
  const databaseUrl = await startDatabase(database, options.database === 'galera')
  const redisUrl = await startRedis(folder, started)
  state = { ...state, serverEnv: serverSettings(options, databaseUrl, redisUrl) }
  for (let i = 1; i <= options.servers; i += 1) {
    await startServer(folder, `server-${i}`, await freePort(), state.serverEnv, started)
  }
  const servers = state.parts.filter(({ kind }) => kind === 'server')
  const plainPort = await startBalancer(folder, options.port, servers, state, started)
  if (options.cdn) await startCdn(folder, options.cdnPort, plainPort, state, started)
  return state
}

function serverSettings({ settings }: TopologyOptions, databaseUrl: string, redisUrl: string): Record<string, string> {
  return {
    KICKSTAND_ENV: 'production',
    ...settings,
    KICKSTAND_DATABASE_URL: databaseUrl,
    KICKSTAND_REDIS_URL: redisUrl,
    KICKSTAND_METRICS_PORT: '0',
    KICKSTAND_TRUSTED_PROXIES: '127.0.0.1,::1',
  }
}

/** Created once: the data outlives the layout, and the next one needs the same password. */
function passwordIn(folder: string): string {
  const file = path.join(folder, 'password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** The health of each part of the layout. Empty if none was started. */
export async function inspect(folder: string): Promise<PartStatus[]> {
  const state = readState(folder)
  if (state === null) return []
  return Promise.all(
    state.parts.map(async (part) => {
      if (!belongsTo(folder, part.pid)) return { ...part, fault: 'it has ended' }
      const fault = await checkHealth(part, state).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      )
      return { ...part, fault }
    }),
  )
}

/**
 * Stops the layout from front to back, including processes that are missing in its state file. The data is kept.
 * @returns the number of processes
 */
export async function takeDown(folder: string): Promise<number> {
  const running = processesOf(folder)
  // An invalid state file must not keep anything running: `processesOf` does not need it.
  const parts = readParts(folder)
  for (const kind of ['cdn', 'balancer', 'server', 'redis'] as const) {
    const pids = parts.filter((part) => part.kind === kind).map(({ pid }) => pid)
    await end(folder, pids, END_WITHIN_MS)
  }
  // The last node to stop is the only one that may start a cluster again, so it has to be the first node.
  for (const { pid } of parts.filter(({ kind }) => kind === 'database').toReversed()) {
    await end(folder, [pid], END_WITHIN_MS)
  }
  await end(folder, processesOf(folder), END_WITHIN_MS)
  forgetState(folder)
  return running.length
}

function readParts(folder: string): readonly Part[] {
  try {
    return readState(folder)?.parts ?? []
  } catch {
    return []
  }
}

/**
 * Restarts the app servers one after the other, while the others keep serving. Throws `invalid-config` if none runs.
 */
export async function restartServers(folder: string, progress: Progress): Promise<void> {
  let state = readState(folder)
  const servers = state?.parts.filter(({ kind }) => kind === 'server') ?? []
  if (state === null || servers.length === 0) {
    throw new DomainError(
      'invalid-config',
      `No layout was started in ${folder}. Start one with "kickstand topology up".`,
    )
  }
  for (const { name, pid, address } of servers) {
    await end(folder, [pid], END_WITHIN_MS)
    const before: State = state
    await startServer(folder, name, Number(new URL(address).port), before.serverEnv, (part) => {
      state = { ...before, parts: before.parts.map((one) => (one.name === name ? part : one)) }
      writeState(folder, state)
    })
    progress(`${name} is back`)
    await sleep(NOTICED_WITHIN_MS)
  }
}
