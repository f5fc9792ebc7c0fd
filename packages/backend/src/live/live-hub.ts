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
  const startedAt = clock()
  const clients = new Map<number, Set<LiveClient>>()
  const figuresChangedAt = new Map<number, number>()
  const zoneChangedAt = new Map<number, number>()
  const told = new Map<number, AvailabilityState>()
  let dirtyFigures = new Set<number>()
  let dirtyZones = new Map<number, Set<string>>()
  let gatherTimer: NodeJS.Timeout | null = null
  let ageTimer: NodeJS.Timeout | null = null

  function gather(): void {
    gatherTimer ??= setTimeout(flush, GATHER_MS)
  }

  board.listen({
    availability(row) {
      figuresChangedAt.set(row, clock())
      if (!clients.has(board.cell(row))) return
      dirtyFigures.add(row)
      gather()
    },
    zone(row, fromCell) {
      zoneChangedAt.set(row, clock())
      for (const cell of new Set([fromCell, board.cell(row)])) {
        if (!clients.has(cell)) continue
        const ids = dirtyZones.get(cell) ?? new Set()
        dirtyZones.set(cell, ids.add(board.id(row)))
        gather()
      }
    },
  })

  function figures(rows: readonly number[], now: number): string {
    const zones = rows.map((row) => {
      const availability = board.availability(row, now)
      told.set(row, availability.state)
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
        (rows === undefined ? '' : figures(rows, now))
      for (const client of listening) client.send(frames)
    }
  }

  function rowsOfCell(cell: number): number[] {
    const n = 2 ** LIVE_CELL_ZOOM
    return board
      .inArea(tileArea(LIVE_CELL_ZOOM, cell % n, Math.floor(cell / n)))
      .filter((row) => board.cell(row) === cell)
  }

  function present(client: LiveClient, lastId: number | null): string {
    const now = clock()
    const rows = client.cells.flatMap(rowsOfCell)
    const since = lastId === null ? Number.NEGATIVE_INFINITY : lastId - OVERLAP_MS
    // Before this process was there it kept no account of what changed: the client is told to ask for its zones again.
    const forgotten = lastId !== null && since < startedAt
    const reset = forgotten ? frame('reset', now, '{}') : ''
    const moved = lastId === null || forgotten ? [] : rows.filter((row) => (zoneChangedAt.get(row) ?? 0) >= since)
    const zones =
      moved.length === 0 ? '' : frame('zones', now, JSON.stringify({ ids: moved.map((row) => board.id(row)) }))
    const changed = rows.filter((row) =>
      lastId === null || forgotten ? board.hasObservations(row) : (figuresChangedAt.get(row) ?? 0) >= since,
    )
    return reset + zones + figures(changed, now)
  }

  function sweep(): void {
    const now = clock()
    for (const cell of clients.keys()) {
      for (const row of rowsOfCell(cell)) {
        if (!board.hasObservations(row)) continue
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
