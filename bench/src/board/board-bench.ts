import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildInWorker } from '@kickstand/backend'
import { residentBytes } from '../measure/process-figures.ts'
import { startKickstand } from '../servers.ts'
import { describeWorld, fillWorld } from '../world/fill-world.ts'

export type BoardOptions = {
  readonly zones: number
  readonly profile?: string | undefined
  /** Folder that keeps the database for the next run. */
  readonly worlds?: string | undefined
}

export type BoardResult = {
  readonly zones: number
  /** Resident memory of the server after a garbage collection, bytes: without zones, and with all. */
  readonly emptyBytes: number
  readonly fullBytes: number
  readonly boardBytes: number
  /** Seconds from the start of the process to the first 200 of /readyz: without zones, and with all. */
  readonly emptyStartSeconds: number
  readonly coldStartSeconds: number
  /** Seconds to rebuild the index of all zones on its own thread, while requests are served. */
  readonly indexSeconds: number
}

/** Share of zones with reports of the last hour, as in `nearby`. */
const REPORTED_SHARE = 0.3

/** Measures a board: memory, time until ready, time to rebuild its index. */
export async function benchBoard(options: BoardOptions, progress: (line: string) => void): Promise<BoardResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kickstand-bench-'))
  try {
    progress('an empty board')
    const empty = await startAndMeasure(`sqlite:${path.join(folder, 'empty.db')}`, folder)
    progress(`${options.zones} zones: filling the database`)
    const file = path.join(options.worlds ?? folder, `world-${options.zones}.db`)
    const world = await fillWorld(options.zones, `sqlite:${file}`, REPORTED_SHARE)
    progress(`${options.zones} zones: starting the server`)
    const full = await startAndMeasure(world.databaseUrl, folder, options.profile)
    progress('rebuilding the index')
    return {
      zones: options.zones,
      emptyBytes: empty.bytes,
      fullBytes: full.bytes,
      boardBytes: full.bytes - empty.bytes,
      emptyStartSeconds: empty.seconds,
      coldStartSeconds: full.seconds,
      indexSeconds: await timeIndex(options.zones),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function startAndMeasure(
  databaseUrl: string,
  folder: string,
  profile?: string,
): Promise<{ bytes: number; seconds: number }> {
  const logFile = path.join(folder, 'server.log')
  const server = await startKickstand({ databaseUrl, logFile, profile, collectable: true })
  try {
    await server.collect()
    return { bytes: residentBytes(server.pid), seconds: server.readySeconds }
  } finally {
    await server.stop()
  }
}

async function timeIndex(zones: number): Promise<number> {
  const { lats, lngs } = describeWorld(zones, '')
  const started = performance.now()
  await buildInWorker(
    Uint32Array.from({ length: zones }, (_, row) => row),
    lats,
    lngs,
    new Int32Array(zones),
  )
  return (performance.now() - started) / 1000
}
