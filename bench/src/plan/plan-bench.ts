import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { seededRandom } from '@kickstand/testkit'
import { startLoad } from '../load/load-process.ts'
import type { Spread } from '../measure/statistics.ts'
import { measureInRounds, over, type Target } from '../rounds.ts'
import { startKickstand } from '../servers.ts'
import { fillWorld, type World } from '../world/fill-world.ts'

export type PlanBenchOptions = {
  readonly zones: number
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  readonly profile?: string | undefined
  /** Folder that keeps the database for the next run. */
  readonly worlds?: string | undefined
}

export type PlanBenchResult = {
  readonly zones: number
  readonly requests: number
  /** CPU milliseconds of the whole server process per plan; latencies in milliseconds. */
  readonly cpuMs: Spread
  readonly perCpuSecond: Spread
  readonly p50: Spread
  readonly p95: Spread
  readonly p99: Spread
  readonly bytes: number
}

const REQUESTS = 5_000
/** Share of zones with reports of the last hour, as in `nearby`. */
const REPORTED_SHARE = 0.3
/** Maximum offset of the start from the destination: about 2 km. */
const MAX_OFFSET_DEGREES = 0.02

/** Measures `GET /v1/plan` with the maximum number of stops over HTTP, with random zones of the world as destinations. */
export async function benchPlan(options: PlanBenchOptions, progress: (line: string) => void): Promise<PlanBenchResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-bench-'))
  const load = startLoad()
  let stop: (() => Promise<void>) | undefined
  try {
    progress(`${options.zones} zones: filling the database`)
    const file = path.join(options.worlds ?? folder, `world-${options.zones}.db`)
    const world = await fillWorld(options.zones, `sqlite:${file}`, REPORTED_SHARE)
    progress(`${options.zones} zones: starting the server`)
    const logFile = path.join(folder, 'server.log')
    const server = await startKickstand({ databaseUrl: world.databaseUrl, logFile, profile: options.profile })
    stop = () => server.stop()
    const random = seededRandom(11)
    const requests = Array.from({ length: REQUESTS }, () => ({ path: planPath(world, random), body: null }))
    const common = { connections: options.connections, bearers: [], keyPrefix: null, keepBodies: false } as const
    const target: Target = { name: 'plan', server, plan: { ...common, requests } }
    const [result] = await measureInRounds([target], load, { ...options, expect: 200 }, progress)
    return {
      zones: options.zones,
      requests: REQUESTS,
      cpuMs: over(result, (round) => round.cpuMs),
      perCpuSecond: over(result, (round) => 1000 / round.cpuMs),
      p50: over(result, (round) => round.p50),
      p95: over(result, (round) => round.p95),
      p99: over(result, (round) => round.p99),
      bytes: over(result, (round) => round.bytes).median,
    }
  } finally {
    load.stop()
    await stop?.()
    await rm(folder, { recursive: true, force: true })
  }
}

function planPath({ ids, lats, lngs }: World, random: () => number): string {
  const zone = Math.floor(random() * ids.length)
  const near = (value: number, limit: number): number =>
    Math.min(limit, Math.max(-limit, value + (random() - 0.5) * 2 * MAX_OFFSET_DEGREES))
  const [lat, lng] = [near(lats[zone], 90), near(lngs[zone], 180)]
  const to = `toLat=${lats[zone].toFixed(6)}&toLng=${lngs[zone].toFixed(6)}`
  return `/v1/plan?lat=${lat.toFixed(6)}&lng=${lng.toFixed(6)}&${to}&vehicle=motorcycle&limit=5`
}
