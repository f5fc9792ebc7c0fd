import { openDatabase, systemClock } from '@kickstand/backend'
import { NearbyBodySchema, paths, type AvailabilityBody } from '@kickstand/contract'
import Value from 'typebox/value'
import { expect } from 'vitest'
import type { Follower } from './follow.ts'
import type { ReportLog } from './load.ts'
import { sendOnce } from './phones.ts'
import type { Scene } from './scene.ts'

const AGREE_WITHIN = { timeout: 90_000, interval: 100 }
const REPLAYED_REPORTS = 20
/** A time in the future, so that all servers answer for the same moment. */
const AHEAD_MS = 60 * 60_000

type Board = ReadonlyMap<string, AvailabilityBody>

/** The availability of the scene's zones on one server, at a given time. */
async function boardOf({ lat, lng, zones }: Scene, server: string, at: number): Promise<Board> {
  const moment = new Date(at).toISOString()
  const query = `?lat=${lat}&lng=${lng}&radius=5000&limit=50&at=${moment}`
  const answer = await fetch(server + paths.nearby() + query, { signal: AbortSignal.timeout(10_000) })
  if (!answer.ok) throw new Error(`${server} answered ${answer.status}`)
  const body = Value.Parse(NearbyBodySchema, await answer.json())
  const ofScene = body.zones.filter(({ id }) => zones.includes(id))
  return new Map(ofScene.map(({ id, availability }) => [id, { ...availability, ageSeconds: null }]))
}

/** Number of acknowledged reports per zone, as the phones counted them. */
function countsOf({ zones }: Scene, { answered }: ReportLog): Record<string, number> {
  const counts = Object.fromEntries(zones.map((id) => [id, 0]))
  for (const { zoneId } of answered.values()) counts[zoneId] = (counts[zoneId] ?? 0) + 1
  return counts
}

/** Waits until all servers have identical figures of each zone, and as many reports as were acknowledged. */
export async function untilServersAgree(scene: Scene, reportLog: ReportLog): Promise<void> {
  const at = Date.now() + AHEAD_MS
  const expected = scene.servers.map(() => countsOf(scene, reportLog))
  let boards: Board[] = []
  const counts = async (): Promise<unknown> => {
    boards = await Promise.all(scene.servers.map((server) => boardOf(scene, server, at)))
    return boards.map((board) => Object.fromEntries([...board].map(([id, { reports }]) => [id, reports])))
  }
  await expect.poll(counts, { ...AGREE_WITHIN, message: 'reports on the boards of the servers' }).toEqual(expected)
  for (const board of boards) expect(board).toEqual(boards[0])
}

/** Waits until every stream has received the last state of every zone. */
export async function untilStreamsAgree(scene: Scene, streams: readonly Follower[]): Promise<void> {
  const board = await boardOf(scene, scene.servers[0], Date.now() + AHEAD_MS)
  const last = [...board].map(([id, { reports, observedAt }]) => [id, reports, observedAt])
  const received = ({ figures }: Follower): unknown =>
    [...board.keys()].map((id) => [id, figures.get(id)?.reports ?? 0, figures.get(id)?.observedAt ?? null])
  const all = (): unknown => streams.map(received)
  await expect.poll(all, { ...AGREE_WITHIN, message: 'what streams received' }).toEqual(streams.map(() => last))
}

/** The database holds each report that was answered 2xx exactly once, and nothing else. */
export async function checkDatabase(scene: Scene, { answered }: ReportLog): Promise<void> {
  const ids = [...answered.values()].map(({ id }) => id)
  expect(new Set(ids).size, 'no two reports were given one id').toBe(ids.length)
  const { db, close } = await openDatabase(scene.databaseUrl, systemClock)
  try {
    // A node of a cluster may lag behind the one that acknowledged the report.
    const differences = async (): Promise<unknown> => {
      const rows = await db
        .selectFrom('reports')
        .select(['id', 'idempotency'])
        .where('zone_id', 'in', [...scene.zones])
        .execute()
      const stored = new Set(rows.map(({ id }) => id))
      const known = new Set(ids)
      return {
        lost: ids.filter((id) => !stored.has(id)),
        unknown: [...stored].filter((id) => !known.has(id)),
        doubled: rows.length - new Set(rows.map(({ idempotency }) => idempotency)).size,
      }
    }
    await expect.poll(differences, { timeout: 30_000, interval: 500 }).toEqual({ lost: [], unknown: [], doubled: 0 })
  } finally {
    await close()
  }
}

/**
 * A phone whose response was lost sends its report again: a replay returns the same id. Checks the first and last
 * reports.
 */
export async function checkReplays({ fronts }: Scene, { answered }: ReportLog): Promise<void> {
  const all = [...answered.values()]
  for (const [i, report] of [...all.slice(0, REPLAYED_REPORTS), ...all.slice(-REPLAYED_REPORTS)].entries()) {
    const answer = await sendOnce(fronts[i % fronts.length], report)
    const body = (await answer.json()) as { report?: { id: string } }
    expect([answer.status, body.report?.id], report.name).toEqual([201, report.id])
  }
}
