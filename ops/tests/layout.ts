import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createEventLog, newId, openDatabase, sleep, systemClock } from '@kickstand/backend'
import { paths } from '@kickstand/contract'
import { seedZones, type SeededZone } from '@kickstand/testkit/seed-zones'
import { expect, vi } from 'vitest'
import { bringUp, takeDown, type TopologyOptions } from '../src/index.ts'
import type { Part, PartKind, State } from '../src/state.ts'

export type Layout = {
  readonly folder: string
  readonly state: State
  readonly part: (kind: PartKind) => Part
  /** Writes the zones, and waits until every app server knows them. */
  readonly seed: (zones: readonly SeededZone[]) => Promise<void>
  readonly stop: () => Promise<void>
}

/** No limits: they have their own tests, and all requests of a test come from one address. */
const UNLIMITED = {
  KICKSTAND_BASEMAP: 'none',
  KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS: '0',
  KICKSTAND_LIMIT_REPORTS_PER_ADDRESS: '0',
  KICKSTAND_LIMIT_REPORTS_PER_RIDER: '0',
  KICKSTAND_LIMIT_STREAMS_PER_ADDRESS: '0',
  KICKSTAND_LIMIT_BATCHES_PER_FEED_KEY: '0',
  KICKSTAND_LIMIT_SIGN_INS_PER_ADDRESS: '0',
  KICKSTAND_LOG_LEVEL: 'warn',
}

export function layoutOptions(folder: string, more: Partial<TopologyOptions> = {}): TopologyOptions {
  return { folder, servers: 2, database: 'mariadb', cdn: true, port: 0, cdnPort: 0, settings: UNLIMITED, ...more }
}

/** Starts the whole layout in a temporary folder. */
export async function startLayout(more: Partial<TopologyOptions> = {}): Promise<Layout> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ks-layout-'))
  const stop = async (): Promise<void> => {
    await takeDown(folder)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const state = await bringUp(layoutOptions(folder, more), () => undefined)
    return {
      folder,
      state,
      part(kind) {
        const found = state.parts.find((part) => part.kind === kind)
        if (found === undefined) throw new Error(`the layout has no ${kind}`)
        return found
      },
      seed(zones) {
        const servers = state.parts.filter(({ kind }) => kind === 'server').map(({ address }) => address)
        return seedServers(state.serverEnv['KICKSTAND_DATABASE_URL'] ?? '', servers, zones)
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Writes zones into a database, and waits until all servers know them. */
export async function seedServers(
  databaseUrl: string,
  servers: readonly string[],
  zones: readonly SeededZone[],
): Promise<void> {
  const database = await openDatabase(databaseUrl, systemClock)
  try {
    await seedZones(createEventLog(database, systemClock, newId(), sleep), zones)
  } finally {
    await database.close()
  }
  for (const server of servers) {
    for (const { id } of zones) {
      const known = async (): Promise<void> => expect((await fetch(server + paths.zone(id))).status).toBe(200)
      await vi.waitFor(known, { timeout: 30_000 })
    }
  }
}
