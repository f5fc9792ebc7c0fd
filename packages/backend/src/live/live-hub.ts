import { LIVE_CELL_ZOOM } from '@kickstand/contract'
import { tileArea, type AvailabilityState } from '@kickstand/domain'
import { availabilityJson } from '#board/availability-json.ts'
import type { Board } from '#board/board.ts'
import type { Clock } from '#platform/clock.ts'

/** Changes gathered before they are sent, so that a burst on one zone is one message. */
const GATHER_MS = 150
/** What a reconnecting client is sent again, so that clocks and tails of different servers may differ by as much. */
const OVERLAP_MS = 10_000
/** Figures also change by themselves, as reports age. */
const AGEING_MS = 60_000
/** Changes of zones remembered for those who come back; an import of a whole country is more than is worth keeping. */
const ZONE_CHANGES_KEPT = 100_000

/** Somewhere that messages of some cells are written. `send` gets whole SSE frames. */
export type LiveClient = { readonly cells: readonly number[]; send(frames: string): void }

/**
 * Who listens to which cell, and what there is to tell them. A stream is state, not a log: what a client is sent is how
 * things are now, and message ids are times, so that any server can take a reconnecting client over.
 */
export type LiveHub = {
  /** Adds a client and sends it the present state, or what changed since `lastId` (epoch milliseconds). */
  join(client: LiveClient, lastId: number | null): void
  leave(client: LiveClient): void
  /** Sends everything gathered now. */
  flush(): void
  /** Looks for figures that age has changed, in cells that somebody listens to. */
  sweep(): void
  start(): void
  stop(): void
}

export function createLiveHub(board: Board, clock: Clock): LiveHub {
  /** Since when account is kept of what changed. */
  let accountSince = clock()
  const clients = new Map<number, Set<LiveClient>>()
  const figuresChangedAt = new Map<number, number>()
  /** For each cell the rows that came, went or changed there, and when. */
  const zoneChanges = new Map<number, Map<number, number>>()
  let zoneChangesKept = 0
  /** What all listeners were last told of a row. */
  const told = new Map<number, AvailabilityState>()
  let dirtyFigures = new Set<number>()
  let dirtyZones = new Map<number, Set<string>>()
  let gatherTimer: NodeJS.Timeout | null = null
  let ageTimer: NodeJS.Timeout | null = null

  function gather(): void {
    gatherTimer ??= setTimeout(flush, GATHER_MS)
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
      if (!clients.has(board.cell(row))) return
      dirtyFigures.add(row)
      gather()
    },
    zone(row, fromCell) {
      for (const cell of new Set([fromCell, board.cell(row)])) {
        noteZone(cell, row)
        if (!clients.has(cell)) continue
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
      if (toAll || !told.has(row)) told.set(row, availability.state)
      return `{"id":"${board.id(row)}","availability":${availabilityJson(availability, now)}}`
    })
    return frame('availability', now, `{"zones":[${zones.join(',')}]}`)
  }

  function flush(): void {
    if (gatherTimer !== null) clearTimeout(gatherTimer)
    gatherTimer = null
    const now = clock()
    const rowsByCell = Map.groupBy(dirtyFigures, (row) => board.cell(row))
    const idsByCell = dirtyZones
    dirtyFigures = new Set()
    dirtyZones = new Map()
    for (const cell of new Set([...idsByCell.keys(), ...rowsByCell.keys()])) {
      const listening = clients.get(cell)
      if (listening === undefined) continue
      const ids = idsByCell.get(cell)
      const rows = rowsByCell.get(cell)
      const frames =
        (ids === undefined ? '' : frame('zones', now, JSON.stringify({ ids: [...ids] }))) +
        (rows === undefined ? '' : figures(rows, now, true))
      for (const client of listening) client.send(frames)
    }
  }

  function rowsOfCell(cell: number): number[] {
    const n = 2 ** LIVE_CELL_ZOOM
    return board
      .inArea(tileArea(LIVE_CELL_ZOOM, cell % n, Math.floor(cell / n)))
      .filter((row) => board.cell(row) === cell)
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
    return board.hasObservations(row) || board.hasHours(row) || board.hasPool(row)
  }

  function hasAged(row: number, since: number, now: number): boolean {
    if (!mayAge(row)) return false
    return board.availability(row, since).state !== board.availability(row, now).state
  }

  function present(client: LiveClient, lastId: number | null): string {
    const now = clock()
    const rows = client.cells.flatMap(rowsOfCell)
    const since = lastId === null ? Number.NEGATIVE_INFINITY : lastId - OVERLAP_MS
    // Of the time before, no account is kept: the client is told to ask for its zones again.
    const forgotten = lastId !== null && since < accountSince
    const whole = lastId === null || forgotten
    const reset = forgotten ? frame('reset', now, '{}') : ''
    const ids = whole ? [] : zonesChangedSince(client.cells, since).map((row) => board.id(row))
    const zones = ids.length === 0 ? '' : frame('zones', now, JSON.stringify({ ids }))
    const changed = rows.filter((row) =>
      whole ? mayAge(row) : (figuresChangedAt.get(row) ?? 0) >= since || hasAged(row, Math.min(lastId, now), now),
    )
    return reset + zones + figures(changed, now, false)
  }

  function sweep(): void {
    const now = clock()
    for (const cell of clients.keys()) {
      for (const row of rowsOfCell(cell)) {
        if (!mayAge(row)) continue
        if (told.get(row) !== board.availability(row, now).state) dirtyFigures.add(row)
      }
    }
    if (dirtyFigures.size > 0) gather()
  }

  return {
    join(client, lastId) {
      client.send(present(client, lastId))
      for (const cell of client.cells) {
        const listening = clients.get(cell)
        if (listening === undefined) clients.set(cell, new Set([client]))
        else listening.add(client)
      }
    },
    leave(client) {
      for (const cell of client.cells) {
        const listening = clients.get(cell)
        listening?.delete(client)
        if (listening?.size === 0) clients.delete(cell)
      }
    },
    flush,
    sweep,
    start() {
      ageTimer = setInterval(sweep, AGEING_MS)
    },
    stop() {
      if (ageTimer !== null) clearInterval(ageTimer)
      if (gatherTimer !== null) clearTimeout(gatherTimer)
    },
  }
}

function frame(event: string, id: number, data: string): string {
  return `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`
}
