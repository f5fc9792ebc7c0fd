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

/** Most results that one nearest search may ask for. */
export const MAX_NEAREST = 200
/** Changed places that are searched one by one before the index is made anew. */
const PENDING_LIMIT = 512
const NO_MASKS: readonly number[] = []
/** Boards up to this size are indexed at once: it takes a few milliseconds. Larger ones in a worker. */
export const INDEX_INLINE = 20_000

/** Both searches' structures over the same rows. */
export type SpatialIndex = { readonly nearest: NearestIndex; readonly box: KDBush | null }

/** Makes the structures away from the thread that answers requests. Takes the arrays over: they are empty afterwards. */
export type IndexBuilder = (
  rows: Uint32Array,
  lats: Float64Array,
  lngs: Float64Array,
  bits: Int32Array,
) => Promise<SpatialIndex>

/** Where rows are and what filters may find there. A static index, and a list of the rows that changed since it was made. */
export type Spatial = {
  readonly lats: Float64Array
  readonly lngs: Float64Array
  /** Filter bits by row. */
  readonly bits: Int32Array
  place(row: number, lat: number, lng: number, bits: number): void
  remove(row: number): void
  isPlaced(row: number): boolean
  /**
   * The nearest rows that `accept` lets in, nearest first. Where it lets in only rows whose bits meet each of some masks,
   * those make the search pass by all places that have none. The answer is overwritten by the next search.
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
  /** Begins a first load with room for so many rows. What is placed is found once `rebuild` has resolved. */
  reserve(rows: number): void
  /** Makes the index anew now. */
  rebuild(): Promise<void>
  pending(): number
}

export function createSpatial(
  tie: (a: number, b: number) => number,
  build: IndexBuilder,
  onBuildFailed: (error: unknown) => void,
): Spatial {
  let lats = new Float64Array(1024)
  let lngs = new Float64Array(1024)
  let bits = new Int32Array(1024)
  let placed = new Uint8Array(1024)
  // Rows that the index has at another place or not at all. `changed` answers in the search, `pending` is walked.
  let changed = new Uint8Array(1024)
  let pending = new Set<number>()
  let index: SpatialIndex = {
    nearest: { rows: new Uint32Array(0), xyz: new Float64Array(0), bits: new Int32Array(0) },
    box: null,
  }
  let rows = 0
  let loading = false
  let building: Promise<void> | null = null
  /** Rows that changed while the index is being made: pending for the new one. */
  let since = new Set<number>()

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
    if (building !== null) since.add(row)
    else if (pending.size > PENDING_LIMIT) rebuild().catch(onBuildFailed)
  }

  function livingRows(): Uint32Array {
    const living = new Uint32Array(rows)
    let count = 0
    for (let row = 0; row < rows; row += 1) {
      if (placed[row] === 1) {
        living[count] = row
        count += 1
      }
    }
    return living.subarray(0, count)
  }

  async function rebuild(): Promise<void> {
    if (building !== null) {
      await building
      // What changed meanwhile is not in it.
      if (pending.size > 0) await rebuild()
      return
    }
    loading = false
    const living = livingRows()
    const before = pending
    if (living.length <= INDEX_INLINE) {
      pending = new Set()
      index = buildIndex(living, lats, lngs, bits)
      for (const row of before) changed[row] = 0
      return
    }
    since = new Set()
    building = swapIn(build(living, lats.slice(0, rows), lngs.slice(0, rows), bits.slice(0, rows)), before)
    try {
      await building
    } finally {
      building = null
    }
    if (pending.size > PENDING_LIMIT) await rebuild()
  }

  async function swapIn(made: Promise<SpatialIndex>, before: ReadonlySet<number>): Promise<void> {
    index = await made
    pending = since
    for (const row of before) if (!since.has(row)) changed[row] = 0
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
      // A zone on the antimeridian itself lies in both parts.
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

/** Both structures over `living` rows. Box ids are places in the nearest index's row list. */
export function buildIndex(
  living: Uint32Array,
  lats: Float64Array,
  lngs: Float64Array,
  bits: Int32Array,
): SpatialIndex {
  const nearest = buildNearestIndex(living, lats, lngs, bits)
  if (living.length === 0) return { nearest, box: null }
  const box = new KDBush(living.length)
  for (const row of nearest.rows) box.add(lngs[row], lats[row])
  return { nearest, box: box.finish() }
}
