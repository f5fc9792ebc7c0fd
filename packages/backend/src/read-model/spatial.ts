import {
  buildNearestIndex,
  chordSquaredFromMetres,
  createNearest,
  offer,
  searchNearest,
  splitAtAntimeridian,
  areaContains,
  writeUnitVector,
  type Area,
  type Nearest,
  type NearestIndex,
  type NearestSearch,
} from '@kickstand/domain'
import KDBush from 'kdbush'
import { copyInto } from './zone-bytes.ts'

/** Maximum number of results of a nearest search. */
export const MAX_NEAREST = 200
/** Changed rows, which are searched linearly, before the index is rebuilt. */
const MAX_PENDING = 512
const NO_MASKS: readonly number[] = []
/** Boards up to this size are indexed in a few milliseconds on the main thread, larger ones in a worker. */
export const MAX_INLINE_ROWS = 20_000

/** The indexes of both searches over the same rows. */
export type SpatialIndex = { readonly nearest: NearestIndex; readonly box: KDBush | null }

/** Builds the indexes off the main thread. Transfers the arrays: they are empty afterwards. */
export type IndexBuilder = (
  rows: Uint32Array,
  lats: Float64Array,
  lngs: Float64Array,
  bits: Int32Array,
) => Promise<SpatialIndex>

/** Positions and filter bits of rows: a static index, and a list of the rows that changed since it was built. */
export type Spatial = {
  readonly lats: Float64Array
  readonly lngs: Float64Array
  /** Filter bits by row. */
  readonly bits: Int32Array
  place(row: number, lat: number, lng: number, bits: number): void
  remove(row: number): void
  isPlaced(row: number): boolean
  /**
   * The nearest rows that `accept` lets in, nearest first. `masks`, if given, must follow from `accept`: rows whose
   * bits miss one of them are skipped in bulk. The result is overwritten by the next search.
   */
  nearest(
    lat: number,
    lng: number,
    metres: number,
    limit: number,
    accept: (row: number) => boolean,
    masks?: readonly number[],
  ): Nearest
  /** Rows in an area, in no order. */
  inArea(area: Area): number[]
  /** Begins the first load with capacity for so many rows. They are found once `rebuild` has resolved. */
  reserve(rows: number): void
  /** Rebuilds the index now. */
  rebuild(): Promise<void>
  pending(): number
}

/**
 * An empty index. `tie` orders two rows at the same distance. If `build` fails, `onBuildFailed` is told, and the old
 * index stays in use.
 */
export function createSpatial(
  tie: (a: number, b: number) => number,
  build: IndexBuilder,
  onBuildFailed: (error: unknown) => void,
): Spatial {
  let lats = new Float64Array(1024)
  let lngs = new Float64Array(1024)
  let bits = new Int32Array(1024)
  let placed = new Uint8Array(1024)
  // Rows that the index has at an old place or not at all: `changed` is a flag per row, `pending` the list to scan.
  let changed = new Uint8Array(1024)
  let pending = new Set<number>()
  let index: SpatialIndex = {
    nearest: { rows: new Uint32Array(0), xyz: new Float64Array(0), bits: new Int32Array(0) },
    box: null,
  }
  let rows = 0
  let loading = false
  let building: Promise<void> | null = null
  /** Rows that changed while the index is being built: pending for the new one. */
  let changedDuringBuild = new Set<number>()

  let accepts: (row: number) => boolean = () => true
  const vector = new Float64Array(3)
  const search: NearestSearch = {
    point: new Float64Array(3),
    limit: 0,
    maxChordSquared: 0,
    accept: (row) => changed[row] === 0 && accepts(row),
    masks: [],
    tie,
    found: createNearest(MAX_NEAREST),
  }
  const pendingSearch: NearestSearch = { ...search, accept: (row) => accepts(row) }

  function grow(size: number): void {
    lats = copyInto(new Float64Array(size), lats)
    lngs = copyInto(new Float64Array(size), lngs)
    bits = copyInto(new Int32Array(size), bits)
    placed = copyInto(new Uint8Array(size), placed)
    changed = copyInto(new Uint8Array(size), changed)
  }

  function touch(row: number): void {
    if (loading) return
    changed[row] = 1
    pending.add(row)
    if (building !== null) changedDuringBuild.add(row)
    else if (pending.size > MAX_PENDING) rebuild().catch(onBuildFailed)
  }

  function placedRows(): Uint32Array {
    const included = new Uint32Array(rows)
    let count = 0
    for (let row = 0; row < rows; row += 1) {
      if (placed[row] === 1) {
        included[count] = row
        count += 1
      }
    }
    return included.subarray(0, count)
  }

  async function rebuild(): Promise<void> {
    if (building !== null) {
      await building
      // Changes made meanwhile are not in it.
      if (pending.size > 0) await rebuild()
      return
    }
    loading = false
    const included = placedRows()
    const before = pending
    if (included.length <= MAX_INLINE_ROWS) {
      pending = new Set()
      index = buildIndex(included, lats, lngs, bits)
      for (const row of before) changed[row] = 0
      return
    }
    changedDuringBuild = new Set()
    building = swapIn(build(included, lats.slice(0, rows), lngs.slice(0, rows), bits.slice(0, rows)), before)
    try {
      await building
    } finally {
      building = null
    }
    if (pending.size > MAX_PENDING) await rebuild()
  }

  async function swapIn(made: Promise<SpatialIndex>, before: ReadonlySet<number>): Promise<void> {
    index = await made
    pending = changedDuringBuild
    for (const row of before) if (!changedDuringBuild.has(row)) changed[row] = 0
  }

  return {
    get lats() {
      return lats
    },
    get lngs() {
      return lngs
    },
    get bits() {
      return bits
    },
    place(row, lat, lng, newBits) {
      if (row >= lats.length) grow(Math.max(row + 1, lats.length * 2))
      if (row >= rows) rows = row + 1
      if (placed[row] === 1 && lats[row] === lat && lngs[row] === lng && bits[row] === newBits) return
      lats[row] = lat
      lngs[row] = lng
      bits[row] = newBits
      placed[row] = 1
      touch(row)
    },
    remove(row) {
      if (placed[row] !== 1) return
      placed[row] = 0
      touch(row)
    },
    isPlaced: (row) => placed[row] === 1,
    nearest(lat, lng, metres, limit, accept, masks = NO_MASKS) {
      accepts = accept
      search.masks = masks
      search.limit = Math.min(limit, MAX_NEAREST)
      search.maxChordSquared = chordSquaredFromMetres(metres)
      search.found.count = 0
      writeUnitVector(search.point, 0, lat, lng)
      searchNearest(index.nearest, search)
      if (pending.size > 0) {
        pendingSearch.limit = search.limit
        pendingSearch.maxChordSquared = search.maxChordSquared
        for (const row of pending) {
          if (placed[row] !== 1) continue
          writeUnitVector(vector, 0, lats[row], lngs[row])
          const x = vector[0] - search.point[0]
          const y = vector[1] - search.point[1]
          const z = vector[2] - search.point[2]
          offer(pendingSearch, row, x * x + y * y + z * z)
        }
      }
      return search.found
    },
    inArea(area) {
      const found: number[] = []
      const { nearest, box } = index
      if (box !== null) {
        for (const part of splitAtAntimeridian(area)) {
          for (const place of box.range(part.west, part.south, part.east, part.north)) {
            const row = nearest.rows[place]
            if (changed[row] === 0) found.push(row)
          }
        }
      }
      for (const row of pending) {
        if (placed[row] === 1 && areaContains(area, lats[row], lngs[row])) found.push(row)
      }
      // A zone exactly on the antimeridian is in both parts.
      return area.west > area.east ? [...new Set(found)] : found
    },
    reserve(size) {
      loading = true
      if (size > lats.length) grow(size)
    },
    rebuild,
    pending: () => pending.size,
  }
}

/** Builds both indexes over these rows. The ids of `box` are positions in `nearest.rows`. */
export function buildIndex(
  included: Uint32Array,
  lats: Float64Array,
  lngs: Float64Array,
  bits: Int32Array,
): SpatialIndex {
  const nearest = buildNearestIndex(included, lats, lngs, bits)
  if (included.length === 0) return { nearest, box: null }
  const box = new KDBush(included.length)
  for (const row of nearest.rows) box.add(lngs[row], lats[row])
  return { nearest, box: box.finish() }
}
