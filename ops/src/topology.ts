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
import { allOurs, end, isOurs } from './processes.ts'
import { missingPackages } from './programs.ts'
import { forgetState, readState, writeState, type Part, type State } from './state.ts'

export type Progress = (line: string) => void
/** A part, and what is wrong with it; null where it is well. */
export type PartStatus = Part & { readonly fault: string | null }

/** A server has a few seconds to be noticed as leaving, and a few for what is under way. */
const END_WITHIN_MS = 20_000
/** Two looks of the balancer, so that it sends requests to a server again before the next one leaves. */
const NOTICED_WITHIN_MS = 1_500

/**
 * Starts the production layout on this machine and leaves it running; see docs/operating/topologies.md. What was started is
 * written down at once, so that `takeDown` finds it whatever happens here. Throws `invalid-config` where a program is missing
 * or the layout is up already, `not-ready` where a part does not come up.
 */
export async function bringUp(options: TopologyOptions, progress: Progress): Promise<State> {
  const { folder } = options
  const missing = missingPackages(options)
  if (missing.length > 0) {
    throw new DomainError('invalid-config', `This layout needs more programs: apt-get install ${missing.join(' ')}`)
  }
  if (allOurs(folder).length > 0) {
    const message = `A layout runs in ${folder} already. See "kickstand topology status", or "down" to stop it.`
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

/** Made once; the data stays when the layout stops, and the servers of the next one must come in again. */
function passwordIn(folder: string): string {
  const file = path.join(folder, 'password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** Each part of the layout and how it is. Empty where none was started. */
export async function inspect(folder: string): Promise<PartStatus[]> {
  const state = readState(folder)
  if (state === null) return []
  return Promise.all(
    state.parts.map(async (part) => {
      if (!isOurs(folder, part.pid)) return { ...part, fault: 'it has ended' }
      const fault = await checkHealth(part, state).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      )
      return { ...part, fault }
    }),
  )
}

/**
 * Stops all of the layout, from the front to the back, also what nobody wrote down. Its data stays.
 * @returns how many processes there were
 */
export async function takeDown(folder: string): Promise<number> {
  const running = allOurs(folder)
  // An unreadable state must not keep anything running: what is ours is known without it.
  const parts = readParts(folder)
  for (const kind of ['cdn', 'balancer', 'server', 'redis'] as const) {
    const pids = parts.filter((part) => part.kind === kind).map(({ pid }) => pid)
    await end(folder, pids, END_WITHIN_MS)
  }
  // The last node to stop is the one that may begin again alone: the first.
  for (const { pid } of parts.filter(({ kind }) => kind === 'database').toReversed()) {
    await end(folder, [pid], END_WITHIN_MS)
  }
  await end(folder, allOurs(folder), END_WITHIN_MS)
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

/** Starts every app server anew, one after the other, while the others go on. Throws `invalid-config` where none runs. */
export async function restartServers(folder: string, progress: Progress): Promise<void> {
  let state = readState(folder)
  const servers = state?.parts.filter(({ kind }) => kind === 'server') ?? []
  if (state === null || servers.length === 0) {
    throw new DomainError('invalid-config', `No layout was started in ${folder}: "kickstand topology up" starts one.`)
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
