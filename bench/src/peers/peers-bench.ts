import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, seededRandom } from '@kickstand/testkit'
import { startLoad, type LoadProcess } from '../load/load-process.ts'
import { cpuSecondsOfTree } from '../measure/process-figures.ts'
import type { Spread } from '../measure/statistics.ts'
import { checkAnswers } from '../nearby/check-answers.ts'
import { findRequests, RESULTS, type AskedNearby } from '../nearby/nearby-requests.ts'
import { measureInRounds, over, ratio, type Target } from '../rounds.ts'
import { start, startKickstand, type ServerProcess } from '../servers.ts'
import { fillWorld } from '../world/fill-world.ts'
import { PEERS, type PeerName } from './peer-kinds.ts'
import type { PeerStrategy } from './peer.ts'
import { readZones } from './read-zones.ts'
import { STORES, type Store } from './start-stores.ts'

export type PeersOptions = {
  readonly zones: number
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  readonly profile?: string | undefined
  readonly worlds?: string | undefined
}

export type PeerFigures = {
  readonly name: string
  /** CPU milliseconds per request, of all processes involved. */
  readonly cpuMs: Spread
  readonly p50: Spread
  readonly p95: Spread
  readonly bytes: number
  /** Kickstand's requests per CPU second over those of this one. */
  readonly kickstandRatio: Spread
  /** Share of sampled responses with the same ids as brute force. */
  readonly correctShare: number
  /** Number of zones that the store cannot hold. */
  readonly leftOut: number
}

export type PeersResult = { readonly zones: number; readonly sample: number; readonly figures: readonly PeerFigures[] }

const REQUESTS = 5000
const SAMPLE_SIZE = 200
const REPORTED_SHARE = 0.3
const SERVER = fileURLToPath(new URL('./peer-server.ts', import.meta.url))
const CONTENDERS: readonly { readonly name: string; readonly peer: PeerName; readonly strategy: PeerStrategy }[] = [
  { name: 'Redis GEOSEARCH + MGET', peer: 'redis', strategy: 'plain' },
  { name: 'Redis, growing circles', peer: 'redis', strategy: 'growing' },
  { name: 'PostGIS KNN', peer: 'postgis', strategy: 'plain' },
  { name: 'MariaDB SPATIAL', peer: 'mariadb', strategy: 'plain' },
  { name: 'MariaDB, growing circles', peer: 'mariadb', strategy: 'growing' },
]

/**
 * Measures the same request with the same response on Kickstand and on other stores, in turn. CPU time is that of all processes: for
 * the other stores the app server and the store.
 */
export async function benchPeers(options: PeersOptions, progress: (line: string) => void): Promise<PeersResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-bench-'))
  const servers: ServerProcess[] = []
  const stores = new Map<PeerName, Store & { readonly leftOut: number }>()
  const load = startLoad()
  try {
    progress(`${options.zones} zones: filling the database`)
    const file = path.join(options.worlds ?? folder, `world-${options.zones}.db`)
    const world = await fillWorld(options.zones, `sqlite:${file}`, REPORTED_SHARE)
    const logFile = path.join(folder, 'kickstand.log')
    const kickstand = await startKickstand({ databaseUrl: world.databaseUrl, logFile, profile: options.profile })
    servers.push(kickstand)
    const found = await findRequests(world, seededRandom(5), load, kickstand.port, {
      count: REQUESTS,
      sample: SAMPLE_SIZE,
    })
    checkAnswers(world, found.asked)
    const requests = found.requests.map(({ path: target }) => ({ path: target, body: null }))
    const plan = {
      connections: options.connections,
      bearers: [],
      keyPrefix: null,
      keepBodies: false,
      requests,
    } as const

    for (const peer of ['redis', 'postgis', 'mariadb'] as const)
      stores.set(peer, await fillStore(peer, kickstand, progress))
    const targets: Target[] = [{ name: 'Kickstand', server: kickstand, plan }]
    const correctShare = [1]
    for (const { name, peer, strategy } of CONTENDERS) {
      const store = stores.get(peer)
      if (store === undefined) throw new Error(`no store for ${name}`)
      const server = await startPeer(peer, strategy, store, path.join(folder, `${peer}-${strategy}.log`))
      servers.push(server)
      targets.push({ name, server, plan })
      correctShare.push(await shareOfCorrect(found.asked, load, server.port))
    }

    const results = await measureInRounds(targets, load, { ...options, expect: 200 }, progress)
    const figures = results.map((result, i): PeerFigures => ({
      name: result.name,
      cpuMs: over(result, (round) => round.cpuMs),
      p50: over(result, (round) => round.p50),
      p95: over(result, (round) => round.p95),
      bytes: over(result, (round) => round.bytes).median,
      kickstandRatio: ratio(result, results[0], (round) => round.cpuMs),
      correctShare: correctShare[i],
      leftOut: i === 0 ? 0 : (stores.get(CONTENDERS[i - 1].peer)?.leftOut ?? 0),
    }))
    return { zones: options.zones, sample: SAMPLE_SIZE, figures }
  } finally {
    load.stop()
    for (const server of servers) await server.stop()
    for (const store of stores.values()) await store.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Fills a store with Kickstand's JSON of the zones, so that its route returns the same. */
async function fillStore(
  name: PeerName,
  kickstand: ServerProcess,
  progress: (line: string) => void,
): Promise<Store & { readonly leftOut: number }> {
  const store = await STORES[name]()
  try {
    const peer = PEERS[name](store.url, 'plain')
    let leftOut = 0
    let filled = 0
    for await (const zones of readZones(kickstand.port)) {
      leftOut += await peer.fill(zones)
      filled += zones.length
      if (filled % 100_000 < zones.length) progress(`${name}: ${filled} zones stored`)
    }
    await peer.finishLoading()
    await peer.close()
    return { ...store, leftOut }
  } catch (error) {
    await store.stop()
    throw error
  }
}

async function startPeer(
  name: PeerName,
  strategy: PeerStrategy,
  store: Store,
  logFile: string,
): Promise<ServerProcess> {
  const port = await freePort()
  const env = { BENCH_PORT: String(port), BENCH_PEER: name, BENCH_WAY: strategy, BENCH_URL: store.url }
  const server = await start([SERVER], env, port, '/healthz', logFile)
  return { ...server, cpuSeconds: () => server.cpuSeconds() + cpuSecondsOfTree(store.pid) }
}

/** Share of the responses with the same zones as Kickstand's, which were compared with brute force. */
async function shareOfCorrect(asked: readonly AskedNearby[], load: LoadProcess, port: number): Promise<number> {
  const plan = { port, connections: 4, bearers: [], keyPrefix: null, until: 'each-once', keepBodies: true } as const
  const { bodies } = await load.run({
    ...plan,
    requests: asked.map(({ path: target, body }) => ({ path: target, body })),
  })
  const same = asked.filter(({ answer }, i) => idsOf(answer) === idsOf(bodies[i]))
  return same.length / asked.length
}

/** The ids of a response without their order: zones at nearly the same distance may be in either order. */
function idsOf(answer: string): string {
  const { zones } = JSON.parse(answer) as { zones: { id: string }[] }
  return zones
    .slice(0, RESULTS)
    .map(({ id }) => id)
    .toSorted()
    .join()
}
