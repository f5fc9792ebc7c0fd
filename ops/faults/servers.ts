import { readFileSync } from 'node:fs'
import { spawnService, type SpawnedService } from '@kickstand/testkit/spawn-service'
import type { Place } from './scene.ts'

/** App servers on one database without a load balancer: phones use all of them in turn. */
export type Servers = {
  readonly place: Place
  readonly all: readonly SpawnedService[]
  readonly stop: () => Promise<void>
}

export type ServerOptions = {
  readonly databaseUrl: string
  /** Additional environment variables. */
  readonly env?: Readonly<Record<string, string>>
  /** Folder of its log. */
  readonly under?: string
}

/** Starts them one after the other; the first creates the schema. */
export async function startServers(engine: string, options: readonly ServerOptions[]): Promise<Servers> {
  const all: SpawnedService[] = []
  const stop = async (): Promise<void> => void (await Promise.all(all.map((one) => one.stop())))
  try {
    for (const { databaseUrl, env, under } of options) {
      all.push(await spawnService(databaseUrl, { KICKSTAND_LOG_LEVEL: 'warn', ...env }, under))
    }
  } catch (error) {
    await stop()
    throw error
  }
  const urls = all.map(({ url }) => url)
  const { databaseUrl } = options[0]
  return { place: { engine, fronts: urls, servers: urls, databaseUrl }, all, stop }
}

/** Resident memory of a process, in MiB. */
export function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

/** Whether a server is ready for requests, and the state of its database connection. */
export async function readinessOf({ url }: SpawnedService): Promise<{ ready: boolean; database: string }> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })
  const { checks } = (await answer.json()) as { checks: { database: string } }
  return { ready: answer.ok, database: checks.database }
}
