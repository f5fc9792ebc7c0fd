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
import type { PeerWay } from './peer.ts'
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
  /** Milliseconds of processor time a request, of every process that had a part in it. */
  readonly cpuMs: Spread
  readonly p50: Spread
  readonly p95: Spread
  readonly bytes: number
  /** Kickstand's requests a CPU-second over those of this one. */
  readonly behind: Spread
  /** Share of sampled answers with the ids that brute force finds. */
  readonly right: number
  /** Zones that the store could not hold. */
  readonly leftOut: number
}

export type PeersResult = { readonly zones: number; readonly sample: number; readonly figures: readonly PeerFigures[] }

const REQUESTS = 5000
const SAMPLE = 200
const REPORTED = 0.3
const SERVER = fileURLToPath(new URL('./peer-server.ts', import.meta.url))
const RIVALS: readonly { readonly name: string; readonly peer: PeerName; readonly way: PeerWay }[] = [
  { name: 'Redis GEOSEARCH + MGET', peer: 'redis', way: 'plain' },
  { name: 'Redis, growing circles', peer: 'redis', way: 'growing' },
  { name: 'PostGIS KNN', peer: 'postgis', way: 'plain' },
  { name: 'MariaDB SPATIAL', peer: 'mariadb', way: 'plain' },
  { name: 'MariaDB, growing circles', peer: 'mariadb', way: 'growing' },
]

/**
 * Measures the same question with the same answer on Kickstand and on the stores that others build this route with, in turn,
 * with the processor time of all processes counted: theirs is the app server's and the store's.
 */
export async function benchPeers(options: PeersOptions, progress: (line: string) => void): Promise<PeersResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-bench-'))
  const servers: ServerProcess[] = []
  const stores = new Map<PeerName, Store & { readonly leftOut: number }>()
  const load = startLoad()
  try {
    progress(`${options.zones} zones: filling the database`)
    const file = path.join(options.worlds ?? folder, `world-${options.zones}.db`)
    const world = await fillWorld(options.zones, `sqlite:${file}`, REPORTED)
    const logFile = path.join(folder, 'kickstand.log')
    const kickstand = await startKickstand({ databaseUrl: world.databaseUrl, logFile, profile: options.profile })
    servers.push(kickstand)
    const found = await findRequests(world, seededRandom(5), load, kickstand.port, { count: REQUESTS, sample: SAMPLE })
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
    const right = [1]
    for (const { name, peer, way } of RIVALS) {
      const store = stores.get(peer)
      if (store === undefined) throw new Error(`no store for ${name}`)
      const server = await startPeer(peer, way, store, path.join(folder, `${peer}-${way}.log`))
      servers.push(server)
      targets.push({ name, server, plan })
      right.push(await shareOfRight(found.asked, load, server.port))
    }

    const results = await measureInRounds(targets, load, { ...options, expect: 200 }, progress)
    const figures = results.map((result, i): PeerFigures => ({
      name: result.name,
      cpuMs: over(result, (round) => round.cpuMs),
      p50: over(result, (round) => round.p50),
      p95: over(result, (round) => round.p95),
      bytes: over(result, (round) => round.bytes).median,
      behind: ratio(result, results[0], (round) => round.cpuMs),
      right: right[i],
      leftOut: i === 0 ? 0 : (stores.get(RIVALS[i - 1].peer)?.leftOut ?? 0),
    }))
    return { zones: options.zones, sample: SAMPLE, figures }
  } finally {
    load.stop()
    for (const server of servers) await server.stop()
    for (const store of stores.values()) await store.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Gives a store the zones as Kickstand answers them, so that its route can answer the same. */
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
    await peer.settle()
    await peer.close()
    return { ...store, leftOut }
  } catch (error) {
    await store.stop()
    throw error
  }
}

async function startPeer(name: PeerName, way: PeerWay, store: Store, logFile: string): Promise<ServerProcess> {
  const port = await freePort()
  const env = { BENCH_PORT: String(port), BENCH_PEER: name, BENCH_WAY: way, BENCH_URL: store.url }
  const server = await start([SERVER], env, port, '/healthz', logFile)
  return { ...server, cpuSeconds: () => server.cpuSeconds() + cpuSecondsOfTree(store.pid) }
}

/** Share of the answers with the same zones as Kickstand's, which were held against brute force. */
async function shareOfRight(asked: readonly AskedNearby[], load: LoadProcess, port: number): Promise<number> {
  const plan = { port, connections: 4, bearers: [], keyPrefix: null, until: 'each-once', keepBodies: true } as const
  const { bodies } = await load.run({
    ...plan,
    requests: asked.map(({ path: target, body }) => ({ path: target, body })),
  })
  const same = asked.filter(({ answer }, i) => idsOf(answer) === idsOf(bodies[i]))
  return same.length / asked.length
}

/** The ids of an answer without their order: two zones at nearly one distance may come either way. */
function idsOf(answer: string): string {
  const { zones } = JSON.parse(answer) as { zones: { id: string }[] }
  return zones
    .slice(0, RESULTS)
    .map(({ id }) => id)
    .toSorted()
    .join()
}
