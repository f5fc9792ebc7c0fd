import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '@kickstand/testkit'
import { residentBytes } from '../measure/process-figures.ts'
import { startKickstand, type ServerProcess } from '../servers.ts'
import { fillWorld } from '../world/fill-world.ts'
import type { Change } from './arrivals.ts'
import { startListeners, type ListenResult, type Listeners } from './listeners.ts'
import { cellsAround, drawChanges, findTown } from './place-streams.ts'
import { requestNearby, sendChanges, type Nearby, type SentChanges } from './send-changes.ts'

const ZONES = 20_000
const WARM_UP_STREAMS = 500
const WARM_UP_CHANGES = 100
/** Changes not received within this time after the last report count as missed. */
const SETTLE_MS = 3_000

export type LiveOptions = {
  readonly streams: number
  /** Reports a second, each a change of another zone. */
  readonly changes: number
  readonly seconds: number
  readonly profile?: string | undefined
}

export type LiveCase = {
  readonly name: string
  readonly received: ListenResult
  readonly reportP95: number
  readonly nearby: Nearby
  readonly openSeconds: number
  /** CPU time of the server over wall-clock time; 1 is one core. */
  readonly cpuShare: number
  /** The same for the listening process. */
  readonly readerShare: number
  /** CPU milliseconds of the server per 1,000 messages, including all its other work. */
  readonly cpuMs: number
  /** Resident memory of the server per stream, bytes: with idle streams after a garbage collection… */
  readonly restingBytes: number
  /** … and the maximum during the changes, garbage included. */
  readonly maxBytes: number
}

export type LiveResult = LiveOptions & { readonly cases: readonly LiveCase[] }

/**
 * Opens streams on one server, posts reports through its API, and waits for each change on each stream of its cell. Two cases, each
 * with a new server: riders all over a town, each with the cells around them, and all riders in one cell.
 */
export async function benchLive(options: LiveOptions, progress: (line: string) => void): Promise<LiveResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-bench-'))
  try {
    const databaseUrl = `sqlite:${path.join(folder, 'live.db')}`
    progress(`${ZONES} zones: filling the database`)
    const world = await fillWorld(ZONES, databaseUrl, 0)
    const random = seededRandom(8)
    const town = findTown(world)
    const count = options.changes * options.seconds
    const inBusiest = town.zones.filter((zone) => town.cellOf(zone) === town.busiestCell)
    const together = drawChanges(world, town, inBusiest, count, random)
    const taken = new Set(together.map(({ zoneId }) => zoneId))
    const others = town.zones.filter((zone) => !taken.has(world.ids[zone]))
    const spread = drawChanges(world, town, others, count + 2 * WARM_UP_CHANGES, random)
    const [warmUp, other] = [spread.splice(0, WARM_UP_CHANGES), spread.splice(0, WARM_UP_CHANGES)]
    const places = Array.from({ length: options.streams }, () => {
      const zone = town.zones[Math.floor(random() * town.zones.length)]
      return { lat: world.lats[zone], lng: world.lngs[zone] }
    })
    const around = places.map(({ lat, lng }) => cellsAround(lat, lng))
    const same = places.map(() => [town.busiestCell])

    const logFile = path.join(folder, 'server.log')
    const run = async (name: string, streams: Run['streams'], warm: Change[], changes: Change[]) => {
      const server = await startKickstand({ databaseUrl, logFile, profile: options.profile, collectable: true })
      const listeners = startListeners()
      try {
        const running = { server, listeners, perSecond: options.changes, place: places[0], progress }
        const warming = {
          name: `${name}, warm-up`,
          streams: around.slice(0, WARM_UP_STREAMS),
          changes: warm,
          before: 0,
        }
        await measure(running, warming)
        await server.collect()
        return await measure(running, { name, streams, changes, before: residentBytes(server.pid) })
      } finally {
        listeners.stop()
        await server.stop()
      }
    }
    const cases = [
      await run('riders all over a town', around, warmUp, spread),
      await run('all of them at one cell', same, other, together),
    ]
    return { ...options, cases }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Running = {
  readonly server: ServerProcess
  readonly listeners: Listeners
  /** Reports a second. */
  readonly perSecond: number
  /** Position of the nearby requests meanwhile. */
  readonly place: { readonly lat: number; readonly lng: number }
  readonly progress: (line: string) => void
}

type Run = {
  readonly name: string
  readonly streams: readonly (readonly number[])[]
  readonly changes: readonly Change[]
  /** Resident bytes of the server without streams. */
  readonly before: number
}

async function measure(
  { server, listeners, perSecond, place, progress }: Running,
  { name, streams, changes, before }: Run,
): Promise<LiveCase> {
  const url = `http://127.0.0.1:${server.port}`
  const openedAt = performance.now()
  await listeners.open(server.port, streams, changes)
  const openSeconds = (performance.now() - openedAt) / 1000
  await server.collect()
  const resting = residentBytes(server.pid)
  progress(`${name}: ${streams.length} streams open after ${openSeconds.toFixed(1)} s`)

  const cpu = server.cpuSeconds()
  const startedAt = performance.now()
  const done = new AbortController()
  const nearbyRequests = requestNearby(url, place, done.signal)
  const watching = watchMemory(server.pid, done.signal)
  let sent: SentChanges
  try {
    sent = await sendChanges(url, changes, perSecond, name.replaceAll(' ', '-'))
  } finally {
    done.abort()
  }
  const seconds = (performance.now() - startedAt) / 1000
  await sleep(SETTLE_MS)
  const used = server.cpuSeconds() - cpu
  const received = await listeners.count(sent.sentAt)
  await listeners.close()
  progress(`${name}: p99 ${received.p99.toFixed(0)} ms, ${received.missed} of ${received.expected} missed`)
  return {
    name,
    received,
    reportP95: sent.answeredP95,
    nearby: await nearbyRequests,
    openSeconds,
    cpuShare: used / seconds,
    readerShare: received.cpuSeconds / seconds,
    cpuMs: (used * 1e6) / received.messages,
    restingBytes: (resting - before) / streams.length,
    maxBytes: ((await watching) - before) / streams.length,
  }
}

/** The maximum resident memory of a process until `done`. */
async function watchMemory(pid: number, done: AbortSignal): Promise<number> {
  let max = 0
  while (!done.aborted) {
    max = Math.max(max, residentBytes(pid))
    await sleep(250)
  }
  return max
}
