import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { seededRandom } from '@kickstand/testkit'
import { startLoad } from '../load/load-process.ts'
import type { Spread } from '../measure/statistics.ts'
import { measureInRounds, over, ratio, type Target } from '../rounds.ts'
import { startBare, startKickstand, type ServerProcess } from '../servers.ts'
import { fillWorld } from '../world/fill-world.ts'
import { checkAnswers } from './check-answers.ts'
import { findRequests } from './nearby-requests.ts'

export type NearbyOptions = {
  readonly zones: readonly number[]
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  readonly profile?: string | undefined
  /** Folder that keeps the databases for the next run. */
  readonly worlds?: string | undefined
}

export type NearbyFigures = {
  /** Null for the bare route. */
  readonly zones: number | null
  readonly cpuMs: Spread
  readonly perCpuSecond: Spread
  readonly p50: Spread
  readonly p95: Spread
  readonly p99: Spread
  readonly bytes: number
  /** Requests per CPU second over those of the bare route. */
  readonly toBare: Spread
  /** p95 over the p95 at the smallest size. */
  readonly p95ToSmallest: Spread
}

export type NearbyResult = {
  readonly checked: number
  readonly requests: number
  readonly figures: readonly NearbyFigures[]
  /** The largest size with the cookies of a person who has signed in: CPU milliseconds, and their ratio to those without. */
  readonly withCookie: { readonly cpuMs: Spread; readonly ratio: Spread }
}

/** As a browser sends them that is also signed in to the console. Their values have the form of real ones. */
const COOKIES = `kickstand_rider=${'r'.repeat(43)}; kickstand_session=${'s'.repeat(43)}`

const REQUESTS = 10_000
/** Responses that are compared with brute force, at each size. */
const SAMPLE_SIZE = 100
/** Share of zones with reports of the last hour. */
const REPORTED_SHARE = 0.3

/** Measures `GET /v1/zones/nearby` at several sizes and a bare route with responses of the same length, in turn. */
export async function benchNearby(options: NearbyOptions, progress: (line: string) => void): Promise<NearbyResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-bench-'))
  const servers: ServerProcess[] = []
  const load = startLoad()
  try {
    const random = seededRandom(5)
    const targets: Target[] = []
    const common = { connections: options.connections, bearers: [], keyPrefix: null, keepBodies: false } as const
    let bytes = 0
    for (const zones of options.zones) {
      progress(`${zones} zones: filling the database`)
      const file = path.join(options.worlds ?? folder, `world-${zones}.db`)
      const world = await fillWorld(zones, `sqlite:${file}`, REPORTED_SHARE)
      progress(`${zones} zones: starting the server`)
      const logFile = path.join(folder, `server-${zones}.log`)
      const server = await startKickstand({ databaseUrl: world.databaseUrl, logFile, profile: options.profile })
      servers.push(server)
      progress(
        `${zones} zones: ready in ${server.readySeconds.toFixed(2)} s; checking ${SAMPLE_SIZE} answers by brute force`,
      )
      const found = await findRequests(world, random, load, server.port, { count: REQUESTS, sample: SAMPLE_SIZE })
      checkAnswers(world, found.asked)
      bytes = found.meanBytes
      const requests = found.requests.map(({ path: target }) => ({ path: target, body: null }))
      targets.push({ name: `${zones} zones`, server, plan: { ...common, requests } })
    }
    const [largest] = targets.slice(-1)
    targets.push({ ...largest, name: `${largest.name}, with cookies`, plan: { ...largest.plan, cookie: COOKIES } })
    const answerFile = path.join(folder, 'answer.json')
    await writeFile(answerFile, `"${'x'.repeat(bytes - 2)}"`)
    const bare = await startBare(answerFile, path.join(folder, 'bare.log'), options.profile)
    servers.push(bare)
    targets.push({ name: 'bare route', server: bare, plan: { ...common, requests: [{ path: '/fixed', body: null }] } })

    const results = await measureInRounds(targets, load, { ...options, expect: 200 }, progress)
    const [largestResult, cookieResult, bareResult] = results.slice(-3)
    const figures = results
      .filter((result) => result !== cookieResult)
      .map((result, i): NearbyFigures => {
        const perCpuSecond = over(result, (round) => 1000 / round.cpuMs)
        return {
          zones: options.zones[i] ?? null,
          cpuMs: over(result, (round) => round.cpuMs),
          perCpuSecond,
          p50: over(result, (round) => round.p50),
          p95: over(result, (round) => round.p95),
          p99: over(result, (round) => round.p99),
          bytes: over(result, (round) => round.bytes).median,
          toBare: ratio(bareResult, result, (round) => round.cpuMs),
          p95ToSmallest: ratio(result, results[0], (round) => round.p95),
        }
      })
    const withCookie = {
      cpuMs: over(cookieResult, (round) => round.cpuMs),
      ratio: ratio(cookieResult, largestResult, (round) => round.cpuMs),
    }
    return { checked: SAMPLE_SIZE * options.zones.length, requests: REQUESTS, figures, withCookie }
  } finally {
    load.stop()
    for (const server of servers) await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
