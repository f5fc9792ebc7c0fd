import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createFeedKey, openDatabase, systemClock } from '@kickstand/backend'
import { paths, type ReadingsInput, type ReadingsTakenBody } from '@kickstand/contract'
import { AN_ACTOR, freshDatabase, seededRandom, startMariadb } from '@kickstand/testkit'
import { readEngine, type EngineName } from '../engines.ts'
import { quantile } from '../measure/statistics.ts'
import { startKickstand, type ServerProcess } from '../servers.ts'
import { fillWorld, type World } from '../world/fill-world.ts'

const FEED = 'bench'
/** Two concurrent senders, so that the server is never idle between batches. */
const SENDER_COUNT = 2
const WARM_UP_BATCHES = 10

export type ReadingsOptions = {
  readonly database?: string
  readonly zones: number
  /** Readings per batch. */
  readonly batch: number
  readonly seconds: number
  readonly profile?: string | undefined
}

export type ReadingsResult = {
  readonly engine: EngineName
  readonly zones: number
  readonly batch: number
  /** Accepted readings per second, each of which changes its zone. */
  readonly perSecond: number
  /** CPU milliseconds of the app server per 1,000 readings. */
  readonly cpuMs: number
  /** Milliseconds until the response to a batch. */
  readonly p50: number
  readonly p95: number
  /** Accepted readings, and rows found afterwards. The bench fails if they differ. */
  readonly answered: number
  readonly stored: number
}

/**
 * Measures `POST /v1/feeds/{id}/readings`: durable readings per second, in batches, with a new value in each reading. Throws
 * `invalid-request` for an unknown engine.
 */
export async function benchReadings(
  options: ReadingsOptions,
  progress: (line: string) => void,
): Promise<ReadingsResult> {
  const engine = readEngine(options.database)
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-bench-'))
  const mariadb = engine === 'mariadb' ? await startMariadb() : null
  let server: ServerProcess | null = null
  try {
    const embedded = `sqlite:${path.join(folder, 'readings.db')}`
    const databaseUrl = mariadb === null ? embedded : (await freshDatabase(mariadb.url)).url
    progress(`${options.zones} zones: filling the database`)
    const world = await fillWorld(options.zones, databaseUrl, 0)
    const key = await makeKey(databaseUrl)
    server = await startKickstand({ databaseUrl, logFile: path.join(folder, 'server.log'), profile: options.profile })
    const send = sender(`http://127.0.0.1:${server.port}${paths.feedReadings(FEED)}`, key, world, options.batch)

    let answered = 0
    for (let i = 0; i < WARM_UP_BATCHES; i += 1) answered += await send()
    progress(`${options.seconds} s of batches of ${options.batch}`)
    const times: number[] = []
    const cpuBefore = server.cpuSeconds()
    const started = performance.now()
    let measured = 0
    async function sendOn(): Promise<void> {
      while (performance.now() - started < options.seconds * 1000) {
        const sent = performance.now()
        const taken = await send()
        measured += taken
        times.push(performance.now() - sent)
      }
    }
    await Promise.all(Array.from({ length: SENDER_COUNT }, sendOn))
    const seconds = (performance.now() - started) / 1000
    const cpuSeconds = server.cpuSeconds() - cpuBefore
    answered += measured
    await server.stop()
    const stored = await countReadings(databaseUrl)
    if (stored !== answered) throw new Error(`${answered} readings were accepted, but ${stored} are stored`)
    const sorted = times.toSorted((a, b) => a - b)
    return {
      engine,
      zones: options.zones,
      batch: options.batch,
      perSecond: measured / seconds,
      cpuMs: (cpuSeconds * 1_000_000) / measured,
      p50: quantile(sorted, 0.5),
      p95: quantile(sorted, 0.95),
      answered,
      stored,
    }
  } finally {
    await server?.stop()
    await mariadb?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The returned function sends the next batch and returns the number of accepted readings; throws unless all are accepted. */
function sender(url: string, key: string, { ids }: World, size: number): () => Promise<number> {
  const random = seededRandom(7)
  const last = new Map<string, number>()
  let next = 0
  function reading(at: number): ReadingsInput['readings'][number] {
    const zoneId = ids[next % ids.length]
    next += 1
    // A different count than the last one, since repeated values are cheaper.
    const value = ((last.get(zoneId) ?? 0) + 1 + Math.floor(random() * 3)) % 5
    last.set(zoneId, value)
    return { zoneId, kind: 'count', value, at: new Date(at).toISOString() }
  }
  return async () => {
    const at = Date.now()
    const body: ReadingsInput = { readings: Array.from({ length: size }, () => reading(at)) }
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`expected 2xx for a batch, got ${answer.status}: ${text}`)
    const { taken } = JSON.parse(text) as ReadingsTakenBody
    if (taken !== size) throw new Error(`${taken} of ${size} readings were accepted: ${text.slice(0, 500)}`)
    return taken
  }
}

async function makeKey(databaseUrl: string): Promise<string> {
  const database = await openDatabase(databaseUrl, systemClock)
  try {
    return (await createFeedKey({ ...database, clock: systemClock, actor: AN_ACTOR }, FEED, 'bench')).key
  } finally {
    await database.close()
  }
}

async function countReadings(databaseUrl: string): Promise<number> {
  const { db, close } = await openDatabase(databaseUrl, systemClock)
  try {
    const { rows } = await db
      .selectFrom('readings')
      .select(({ fn }) => fn.countAll().as('rows'))
      .executeTakeFirstOrThrow()
    return Number(rows)
  } finally {
    await close()
  }
}
