import { setImmediate as turn } from 'node:timers/promises'
import { LIVE_CELL_ZOOM } from '@kickstand/contract'
import { tileArea, type Availability } from '@kickstand/domain'
import { availabilityJson } from '#board/availability-json.ts'
import type { Board } from '#board/board.ts'
import { uptime, type Clock } from '#platform/clock.ts'
import { createSubscriptions, type SubscriberGroup, type LiveClient } from './subscriptions.ts'
import { messageText, toFrames, type Frames } from './frames.ts'

/** Changes gathered before they are sent, so that a burst on one zone is one message. */
const GATHER_MS = 150
/** Where telling all takes longer than that, as long as it took the last time, so that half of the time is left to others. */
const GATHER_MOST_MS = 400
/** How long streams are written to before requests have their turn. */
const TURN_MS = 8
/** Streams written to between two looks at the time. */
const LOOK_EVERY = 32
/** What a reconnecting client is sent again, so that clocks and tails of different servers may differ by as much. */
const OVERLAP_MS = 10_000
/** Figures also change by themselves, as reports age. */
const AGEING_MS = 60_000
/** Changes of zones remembered for those who come back; an import of a whole country is more than is worth keeping. */
const ZONE_CHANGES_KEPT = 100_000

/**
 * Who listens to which cell, and what there is to tell them. A stream is state, not a log: what a client is sent is how
 * things are now, and message ids are times, so that any server can take a reconnecting client over.
 */
export type LiveHub = {
  /** Adds a client and sends it the present state, or what changed since `lastId` (epoch milliseconds). */
  join(client: LiveClient, lastId: number | null): void
  leave(client: LiveClient): void
  start(): void
  stop(): void
}

/** The parts of an availability that change with time alone: the state, and whether it comes from a sighting. */
function shownState({ state, latest }: Availability): string {
  return latest === null ? state : `${state}, sighted`
}

export function createLiveHub(board: Board, time: Clock): LiveHub {
  /** Since when account is kept of what changed. */
  let accountSince = time()
  let latest = accountSince
  const subscriptions = createSubscriptions()
  const figuresChangedAt = new Map<number, number>()
  /** For each cell the rows that came, went or changed there, and when. */
  const zoneChanges = new Map<number, Map<number, number>>()
  let zoneChangesKept = 0
  /** Rows of the cells that were looked at: thousands come back in the same moment and look at the same cells. */
  const rowsByCell = new Map<number, readonly number[]>()
  /** What all listeners were last told of a row. */
  const told = new Map<number, string>()
  let dirtyFigures = new Set<number>()
  let dirtyZones = new Map<number, Set<string>>()
  let gatherTimer: NodeJS.Timeout | null = null
  let ageTimer: NodeJS.Timeout | null = null
  let telling = false
  let tookMs = 0
  let stopped = false

  function clock(): number {
    const now = time()
    // A clock that was set back tells times again that have been told as ids: until they are over, no account is kept.
    if (now < latest - OVERLAP_MS) accountSince = latest
    else latest = Math.max(latest, now)
    return now
  }

  function gather(): void {
    if (telling || stopped) return
    gatherTimer ??= setTimeout(() => void tellAll(), Math.min(GATHER_MOST_MS, Math.max(GATHER_MS, tookMs)))
  }

  function noteZone(cell: number, row: number): void {
    if (cell < 0) return
    if (zoneChangesKept >= ZONE_CHANGES_KEPT) {
      zoneChanges.clear()
      zoneChangesKept = 0
      accountSince = clock()
    }
    const rows = zoneChanges.get(cell) ?? new Map<number, number>()
    if (!rows.has(row)) zoneChangesKept += 1
    zoneChanges.set(cell, rows.set(row, clock()))
  }

  board.listen({
    availability(row) {
      figuresChangedAt.set(row, clock())
      if (!subscriptions.hears(board.cell(row))) return
      dirtyFigures.add(row)
      gather()
    },
    zone(row, fromCell) {
      for (const cell of new Set([fromCell, board.cell(row)])) {
        noteZone(cell, row)
        rowsByCell.delete(cell)
        if (!subscriptions.hears(cell)) continue
        const ids = dirtyZones.get(cell) ?? new Set()
        dirtyZones.set(cell, ids.add(board.id(row)))
        gather()
      }
    },
  })

  function figures(rows: readonly number[], now: number, toAll: boolean): string {
    const zones = rows.map((row) => {
      const availability = board.availability(row, now)
      // What one client is told when it joins, the others may not know yet.
      if (toAll || !told.has(row)) told.set(row, shownState(availability))
      return `{"id":"${board.id(row)}","availability":${availabilityJson(availability, now)}}`
    })
    return messageText('availability', now, `{"zones":[${zones.join(',')}]}`)
  }

  /** What is new, for each group. */
  function* news(): Generator<[SubscriberGroup, Frames]> {
    const now = clock()
    const changed = Map.groupBy(dirtyFigures, (row) => board.cell(row))
    const idsByCell = dirtyZones
    dirtyFigures = new Set()
    dirtyZones = new Map()
    const textByCell = new Map<number, string>()
    for (const cell of new Set([...idsByCell.keys(), ...changed.keys()])) {
      if (!subscriptions.hears(cell)) continue
      const ids = idsByCell.get(cell)
      const rows = changed.get(cell)
      const zones = ids === undefined ? '' : messageText('zones', now, JSON.stringify({ ids: [...ids] }))
      textByCell.set(cell, zones + (rows === undefined ? '' : figures(rows, now, true)))
    }
    for (const group of subscriptions.of(textByCell.keys())) {
      yield [group, toFrames(group.cells.map((cell) => textByCell.get(cell) ?? '').join(''))]
    }
  }

  /** Thousands of streams take a while to write to: requests have their turns in between. */
  async function tellAll(): Promise<void> {
    gatherTimer = null
    telling = true
    const began = uptime()
    let turnEnds = began + TURN_MS
    let sent = 0
    for (const [group, frames] of news()) {
      for (const client of group.clients) {
        client.send(frames)
        sent += 1
        if (sent % LOOK_EVERY > 0 || uptime() < turnEnds) continue
        await turn()
        if (stopped) return
        turnEnds = uptime() + TURN_MS
      }
    }
    tookMs = uptime() - began
    telling = false
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

  /** Also those that have left the cells: whoever shows them must hear of it. */
  function zonesChangedSince(cells: readonly number[], since: number): number[] {
    const rows = new Set<number>()
    for (const cell of cells) {
      for (const [row, at] of zoneChanges.get(cell) ?? []) if (at >= since) rows.add(row)
    }
    return [...rows]
  }

  /** Whether the state may become another one by time alone: what was seen fades, and places open and close. */
  function mayAge(row: number): boolean {
    return board.hasObservations(row) || board.hasHours(row) || board.hasLearnedPrior(row)
  }

  function hasAged(row: number, since: number, now: number): boolean {
    if (!mayAge(row)) return false
    return shownState(board.availability(row, since)) !== shownState(board.availability(row, now))
  }

  function present(client: LiveClient, lastId: number | null): string {
    const now = clock()
    const since = lastId === null ? Number.NEGATIVE_INFINITY : lastId - OVERLAP_MS
    // Of the time before, no account is kept, nor of what a server with another time has told: the client is told to ask for
    // its zones again.
    const forgotten = lastId !== null && (since < accountSince || since > now)
    const whole = lastId === null || forgotten
    const reset = forgotten ? messageText('reset', now, '{}') : ''
    const ids = whole ? [] : zonesChangedSince(client.cells, since).map((row) => board.id(row))
    const zones = ids.length === 0 ? '' : messageText('zones', now, JSON.stringify({ ids }))
    const isNews = (row: number): boolean =>
      whole ? mayAge(row) : (figuresChangedAt.get(row) ?? 0) >= since || hasAged(row, Math.min(lastId, now), now)
    const changed = client.cells.flatMap((cell) => rowsOfCell(cell).filter(isNews))
    return reset + zones + figures(changed, now, false)
  }

  function sweep(): void {
    const now = clock()
    for (const cell of rowsByCell.keys()) if (!subscriptions.hears(cell)) rowsByCell.delete(cell)
    for (const cell of subscriptions.cells()) {
      for (const row of rowsOfCell(cell)) {
        if (!mayAge(row)) continue
        if (told.get(row) !== shownState(board.availability(row, now))) dirtyFigures.add(row)
      }
    }
    if (dirtyFigures.size > 0) gather()
  }

  return {
    join(client, lastId) {
      client.send(toFrames(present(client, lastId)))
      subscriptions.join(client)
    },
    leave: (client) => subscriptions.leave(client),
    start() {
      ageTimer = setInterval(sweep, AGEING_MS)
    },
    stop() {
      stopped = true
      if (ageTimer !== null) clearInterval(ageTimer)
      if (gatherTimer !== null) clearTimeout(gatherTimer)
    },
  }
}
