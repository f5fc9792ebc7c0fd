import { createHash } from 'node:crypto'
import type { ZoneFilterQuery } from '@kickstand/contract'
import { tileArea, tileNumber, tileX, tileY } from '@kickstand/domain'
import type { EstimateReader, ZoneReader, ZoneSearch } from '#read-model/board-types.ts'
import { passes, readFilter, type SearchFilter } from '#read-model/search-filter.ts'
import type { Clock } from '#platform/clock.ts'
import { encodeTile, TILE_EXTENT, type TileFeature } from '#platform/mvt.ts'

/** From this zoom on tiles contain single zones; below it, clusters on a grid. */
const SINGLES_FROM_ZOOM = 12
/** Tiles with more zones are clustered at any zoom. */
const MAX_SINGLES_PER_TILE = 2_000
/** Grid cells per side of a tile. */
const GRID_CELLS = 8
const BUFFER = 1 / 16
/** Margin so that rounding loses no zone between two tiles. */
const EDGE_MARGIN = 1e-9
const MAX_CACHED_TILES = 4_000
/** Cache lifetime of a tile although zones have changed: tiles show positions, not availability. */
const FRESH_MS = 5_000

export type ZoneTile = { readonly bytes: Uint8Array; readonly etag: string }
/** Makes a tile of the zones that match a query. */
type MakeTile = (z: number, x: number, y: number, query: ZoneFilterQuery) => ZoneTile
type KeptTile = ZoneTile & { readonly version: number; readonly madeAt: number }

/** Makes vector tiles of zones (layer `zones`), with a cache of the newest. */
export function createZoneTiles(board: ZoneReader & ZoneSearch & EstimateReader, clock: Clock): MakeTile {
  const kept = new Map<string, KeptTile>()
  return (z, x, y, query) => {
    const filter = readFilter(query)
    const key = `${z}/${x}/${y}${filter.isNarrow ? keyOf(filter) : ''}`
    const now = clock()
    const known = kept.get(key)
    // The result of a filter may change with time alone.
    const isCurrent = known?.version === board.version() && !filter.isNarrow
    if (known !== undefined && (isCurrent || now - known.madeAt < FRESH_MS)) return known
    const version = board.version()
    const bytes = makeZoneTile(board, z, x, y, (row) => passes(board, filter, row, now, now))
    const etag = `"${createHash('sha1').update(bytes).digest('base64url')}"`
    kept.delete(key)
    if (kept.size >= MAX_CACHED_TILES)
      for (const oldest of [...kept.keys()].slice(0, MAX_CACHED_TILES / 10)) kept.delete(oldest)
    const tile = { bytes, etag, version, madeAt: now }
    kept.set(key, tile)
    return tile
  }
}

/** A key that is equal for queries with the same result. */
function keyOf({ masks, vehicle, permits, timed, likelyFree }: SearchFilter): string {
  const asked = timed.map(({ timedBits, accepted }) => `${timedBits}:${accepted}`)
  return `?${[masks.join(), vehicle, permits.join(), asked.join(), likelyFree].join(';')}`
}

/** Single zones carry `id` and `capacity`; clusters `count` (zones) and `spaces` (known ones). */
export function makeZoneTile(
  board: ZoneReader & ZoneSearch & EstimateReader,
  z: number,
  x: number,
  y: number,
  accept: (row: number) => boolean = () => true,
): Uint8Array {
  const singles = z >= SINGLES_FROM_ZOOM
  const rows = board.inArea(tileArea(z, x, y, singles ? BUFFER : EDGE_MARGIN)).filter(accept)
  if (singles && rows.length <= MAX_SINGLES_PER_TILE) {
    const features = rows
      .toSorted((a, b) => (board.id(a) < board.id(b) ? -1 : 1))
      .map((row) => single(board, row, z, x, y))
    return encodeTile([{ name: 'zones', features }])
  }
  // Areas include their edges, so a zone on an edge is in two areas. It belongs to one tile only.
  const number = y * 2 ** z + x
  const own = rows.filter((row) => tileNumber(board.lat(row), board.lng(row), z) === number)
  return encodeTile([{ name: 'zones', features: clusters(board, own, z, x, y) }])
}

function inTile(
  board: ZoneReader & ZoneSearch & EstimateReader,
  row: number,
  z: number,
  x: number,
  y: number,
): [number, number] {
  return [
    Math.round((tileX(board.lng(row), z) - x) * TILE_EXTENT),
    Math.round((tileY(board.lat(row), z) - y) * TILE_EXTENT),
  ]
}

function single(
  board: ZoneReader & ZoneSearch & EstimateReader,
  row: number,
  z: number,
  x: number,
  y: number,
): TileFeature {
  return {
    type: 1,
    geometry: [inTile(board, row, z, x, y)],
    properties: { id: board.id(row), capacity: board.capacity(row), count: 1, spaces: board.capacity(row) ?? 0 },
  }
}

function clusters(
  board: ZoneReader & ZoneSearch & EstimateReader,
  rows: readonly number[],
  z: number,
  x: number,
  y: number,
): TileFeature[] {
  const cells = new Map<number, { x: number; y: number; count: number; spaces: number; row: number }>()
  for (const row of rows) {
    const [px, py] = inTile(board, row, z, x, y)
    const column = Math.min(GRID_CELLS - 1, Math.max(0, Math.floor((px / TILE_EXTENT) * GRID_CELLS)))
    const line = Math.min(GRID_CELLS - 1, Math.max(0, Math.floor((py / TILE_EXTENT) * GRID_CELLS)))
    const key = line * GRID_CELLS + column
    const cell = cells.get(key) ?? { x: 0, y: 0, count: 0, spaces: 0, row }
    cell.x += px
    cell.y += py
    cell.count += 1
    cell.spaces += board.capacity(row) ?? 0
    cells.set(key, cell)
  }
  return [...cells.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([, cell]) =>
      cell.count === 1
        ? single(board, cell.row, z, x, y)
        : {
            type: 1,
            geometry: [[Math.round(cell.x / cell.count), Math.round(cell.y / cell.count)]],
            properties: { count: cell.count, spaces: cell.spaces },
          },
    )
}
