import { setImmediate as turn } from 'node:timers/promises'
import { LIVE_CELL_ZOOM } from '@kickstand/contract'
import { tileArea, type Availability } from '@kickstand/domain'
import { availabilityJson } from '#read-model/availability-json.ts'
import type { EstimateReader, ZoneReader, ZoneSearch } from '#read-model/board-types.ts'
import { uptime, type Clock } from '#platform/clock.ts'
import { createSubscriptions, type SubscriberGroup, type LiveClient } from './subscriptions.ts'
import { messageText, toFrames, type Frames } from './frames.ts'

/** Time for which changes are gathered, so that a burst on one zone is one message. */
const GATHER_MS = 150
/** If sending takes longer than that, gathering takes as long, up to this: half of the time is left for requests. */
const MAX_GATHER_MS = 400
/** Time for which streams are written to before requests get a turn. */
const SLICE_MS = 8
/** Streams written to between two checks of the time. */
const SENDS_PER_TIME_CHECK = 32
/** Overlap that a reconnecting client is sent again: clocks and tails of servers may differ by as much. */
const RESUME_OVERLAP_MS = 10_000
/** Interval of `sweep`. */
export const SWEEP_EVERY_MS = 60_000
/** Zone changes kept for reconnecting clients; the import of a whole country exceeds it. */
const MAX_ZONE_CHANGES = 100_000

/**
 * Sends changes to the clients that subscribe to cells. A stream is state, not a log: a client is sent the current
 * state, and message ids are times, so that any server can take over a reconnecting client.
 */
export type LiveHub = {
  /** Adds a client and sends it the current state, or what changed since `lastId` (epoch milliseconds). */
  join(client: LiveClient, lastId: number | null): void
  leave(client: LiveClient): void
  /** Sends estimates that changed by age alone; to be called every `SWEEP_EVERY_MS`. */
  sweep(): void
  stop(): void
}

/** The parts of an availability that change with time alone: the state, and whether it comes from a sighting. */
function shownState({ state, latest }: Availability): string {
  return latest === null ? state : `${state}, sighted`
}

/** A hub without clients, which listens to the board. Call `sweep` regularly. */
export function createLiveHub(board: ZoneReader & ZoneSearch & EstimateReader, time: Clock): LiveHub {
  /** Time since when the recorded changes are complete. */
  let historySince = time()
  let lastTime = historySince
  const subscriptions = createSubscriptions()
  const figuresChangedAt = new Map<number, number>()
  /** For each cell the rows that were added, removed or changed, and when. */
  const zoneChanges = new Map<number, Map<number, number>>()
  let zoneChangesKept = 0
  /** Cache of the rows by cell: thousands of clients may reconnect at once to the same cells. */
  const rowsByCell = new Map<number, readonly number[]>()
  /** The state of a row that was last sent to all subscribers. */
  const lastSent = new Map<number, string>()
  let dirtyFigures = new Set<number>()
  let dirtyZones = new Map<number, Set<string>>()
  let gatherTimer: NodeJS.Timeout | null = null
  let sending = false
  let sendMs = 0
  let stopped = false

  function clock(): number {
    const now = time()
    // After the clock was set back, new ids repeat old ones: recorded changes are incomplete until it has passed them.
    if (now < lastTime - RESUME_OVERLAP_MS) historySince = lastTime
    else lastTime = Math.max(lastTime, now)
    return now
  }

  function gather(): void {
    if (sending || stopped) return
    gatherTimer ??= setTimeout(() => void sendAll(), Math.min(MAX_GATHER_MS, Math.max(GATHER_MS, sendMs)))
  }

  function noteZone(cell: number, row: number): void {
    if (cell < 0) return
    if (zoneChangesKept >= MAX_ZONE_CHANGES) {
      zoneChanges.clear()
      zoneChangesKept = 0
      historySince = clock()
    }
    const rows = zoneChanges.get(cell) ?? new Map<number, number>()
    if (!rows.has(row)) zoneChangesKept += 1
    zoneChanges.set(cell, rows.set(row, clock()))
  }

  board.listen({
    availability(row) {
      figuresChangedAt.set(row, clock())
      if (!subscriptions.hasSubscribers(board.cell(row))) return
      dirtyFigures.add(row)
      gather()
    },
    zone(row, fromCell) {
      for (const cell of new Set([fromCell, board.cell(row)])) {
        noteZone(cell, row)
        rowsByCell.delete(cell)
        if (!subscriptions.hasSubscribers(cell)) continue
        const ids = dirtyZones.get(cell) ?? new Set()
        dirtyZones.set(cell, ids.add(board.id(row)))
        gather()
      }
    },
  })

  function figures(rows: readonly number[], now: number, toAll: boolean): string {
    const zones = rows.map((row) => {
      const availability = board.availability(row, now)
      // A message to one joining client does not update the others.
      if (toAll || !lastSent.has(row)) lastSent.set(row, shownState(availability))
      return `{"id":"${board.id(row)}","availability":${availabilityJson(availability, now)}}`
    })
    return messageText('availability', now, `{"zones":[${zones.join(',')}]}`)
  }

  /** The pending messages, for each group. */
  function* messages(): Generator<[SubscriberGroup, Frames]> {
    const now = clock()
    const changed = Map.groupBy(dirtyFigures, (row) => board.cell(row))
    const idsByCell = dirtyZones
    dirtyFigures = new Set()
    dirtyZones = new Map()
    const textByCell = new Map<number, string>()
    for (const cell of new Set([...idsByCell.keys(), ...changed.keys()])) {
      if (!subscriptions.hasSubscribers(cell)) continue
      const ids = idsByCell.get(cell)
      const rows = changed.get(cell)
      const zones = ids === undefined ? '' : messageText('zones', now, JSON.stringify({ ids: [...ids] }))
      textByCell.set(cell, zones + (rows === undefined ? '' : figures(rows, now, true)))
    }
    for (const group of subscriptions.groupsOf(textByCell.keys())) {
      yield [group, toFrames(group.cells.map((cell) => textByCell.get(cell) ?? '').join(''))]
    }
  }

  /** Writing to thousands of streams takes a while: requests get a turn in between. */
  async function sendAll(): Promise<void> {
    gatherTimer = null
    sending = true
    const began = uptime()
    let sliceEnds = began + SLICE_MS
    let sent = 0
    for (const [group, frames] of messages()) {
      for (const client of group.clients) {
        client.send(frames)
        sent += 1
        if (sent % SENDS_PER_TIME_CHECK > 0 || uptime() < sliceEnds) continue
        await turn()
        if (stopped) return
        sliceEnds = uptime() + SLICE_MS
      }
    }
    sendMs = uptime() - began
    sending = false
    if (dirtyFigures.size > 0 || dirtyZones.size > 0) gather()
  }

  function rowsOfCell(cell: number): readonly number[] {
    const known = rowsByCell.get(cell)
    if (known !== undefined) return known
    const n = 2 ** LIVE_CELL_ZOOM
    const rows = board
      .inArea(tileArea(LIVE_CELL_ZOOM, cell % n, Math.floor(cell / n)))
      .filter((row) => board.cell(row) === cell)
    rowsByCell.set(cell, rows)
    return rows
  }

  /** Includes zones that have left the cells: clients must remove them. */
  function zonesChangedSince(cells: readonly number[], since: number): number[] {
    const rows = new Set<number>()
    for (const cell of cells) {
      for (const [row, at] of zoneChanges.get(cell) ?? []) if (at >= since) rows.add(row)
    }
    return [...rows]
  }

  /** Whether the state may change with time alone: observations age, and places open and close. */
  function mayAge(row: number): boolean {
    return board.hasObservations(row) || board.hasHours(row) || board.hasLearnedPrior(row)
  }

  function hasAged(row: number, since: number, now: number): boolean {
    if (!mayAge(row)) return false
    return shownState(board.availability(row, since)) !== shownState(board.availability(row, now))
  }

  function initialMessages(client: LiveClient, lastId: number | null): string {
    const now = clock()
    const since = lastId === null ? Number.NEGATIVE_INFINITY : lastId - RESUME_OVERLAP_MS
    // Changes before `historySince`, and those sent by a server whose clock is ahead, are unknown, so the
    // client must reload its zones.
    const mustReset = lastId !== null && (since < historySince || since > now)
    const whole = lastId === null || mustReset
    const reset = mustReset ? messageText('reset', now, '{}') : ''
    const ids = whole ? [] : zonesChangedSince(client.cells, since).map((row) => board.id(row))
    const zones = ids.length === 0 ? '' : messageText('zones', now, JSON.stringify({ ids }))
    const isChanged = (row: number): boolean =>
      whole ? mayAge(row) : (figuresChangedAt.get(row) ?? 0) >= since || hasAged(row, Math.min(lastId, now), now)
    const changed = client.cells.flatMap((cell) => rowsOfCell(cell).filter(isChanged))
    return reset + zones + figures(changed, now, false)
  }

  function sweep(): void {
    const now = clock()
    for (const cell of rowsByCell.keys()) if (!subscriptions.hasSubscribers(cell)) rowsByCell.delete(cell)
    for (const cell of subscriptions.cells()) {
      for (const row of rowsOfCell(cell)) {
        if (!mayAge(row)) continue
        if (lastSent.get(row) !== shownState(board.availability(row, now))) dirtyFigures.add(row)
      }
    }
    if (dirtyFigures.size > 0) gather()
  }

  return {
    join(client, lastId) {
      client.send(toFrames(initialMessages(client, lastId)))
      subscriptions.join(client)
    },
    leave: (client) => subscriptions.leave(client),
    sweep,
    stop() {
      stopped = true
      if (gatherTimer !== null) clearTimeout(gatherTimer)
    },
  }
}
