import { writeUnitVector } from './great-circle.ts'

// A static k-d tree over points of the unit sphere in three dimensions. Straight-line distance grows with great-circle distance, so
// the nearest in space is the nearest on the ground, and the antimeridian and the poles need no special case. The tree is
// implicit in an array: the middle of a range is its splitting point, and ranges of LEAF_SIZE or fewer are scanned.

const LEAF_SIZE = 16

/**
 * Points in tree order: `rows[i]` has the coordinates `xyz[3i..3i+2]`. `bits` has, at the middle of every range, the bitwise OR of
 * the bits of all its rows; for a scanned range it is at the start. Created by `buildNearestIndex`.
 */
export type NearestIndex = { readonly rows: Uint32Array; readonly xyz: Float64Array; readonly bits: Int32Array }

/** The best rows found so far, nearest first. Reused from search to search. */
export type Nearest = {
  count: number
  readonly rows: Uint32Array
  /** Squared chords: monotone in great-circle distance, see `metresFromChordSquared`. */
  readonly chords: Float64Array
}

/** Creates a result with room for up to `capacity` rows. */
export function createNearest(capacity: number): Nearest {
  return { count: 0, rows: new Uint32Array(capacity), chords: new Float64Array(capacity) }
}

/** Builds the tree over `rows`, whose positions in degrees are `lats[row]`, `lngs[row]`, and bits `bits[row]`. O(n log n). */
export function buildNearestIndex(
  rows: Uint32Array,
  lats: Float64Array,
  lngs: Float64Array,
  bits: Int32Array = new Int32Array(0),
): NearestIndex {
  const sorted = rows.slice()
  const xyz = new Float64Array(rows.length * 3)
  for (let i = 0; i < sorted.length; i += 1) writeUnitVector(xyz, i * 3, lats[sorted[i]], lngs[sorted[i]])
  const index = { rows: sorted, xyz, bits: new Int32Array(bits.length === 0 ? 0 : sorted.length) }
  sortRange(index, 0, sorted.length - 1, 0)
  if (bits.length > 0) joinBits(index, bits, 0, sorted.length - 1)
  return index
}

/** Writes the bits of a range and of all ranges within it; returns those of the range. */
function joinBits(index: NearestIndex, bits: Int32Array, left: number, right: number): number {
  if (right < left) return 0
  let joined = 0
  if (right - left < LEAF_SIZE) {
    for (let i = left; i <= right; i += 1) joined |= bits[index.rows[i]]
    index.bits[left] = joined
    return joined
  }
  const middle = (left + right) >> 1
  joined = bits[index.rows[middle]] | joinBits(index, bits, left, middle - 1) | joinBits(index, bits, middle + 1, right)
  index.bits[middle] = joined
  return joined
}

function sortRange(index: NearestIndex, left: number, right: number, axis: number): void {
  if (right - left < LEAF_SIZE) return
  const middle = (left + right) >> 1
  select(index, middle, left, right, axis)
  const next = (axis + 1) % 3
  sortRange(index, left, middle - 1, next)
  sortRange(index, middle + 1, right, next)
}

/** Moves the k-th smallest on `axis` to place k, smaller ones before it and larger ones after (Floyd and Rivest 1975). */
function select(index: NearestIndex, k: number, from: number, to: number, axis: number): void {
  const { xyz } = index
  let left = from
  let right = to
  while (right > left) {
    if (right - left > 600) {
      const n = right - left + 1
      const m = k - left + 1
      const z = Math.log(n)
      const s = 0.5 * Math.exp((2 * z) / 3)
      const sd = 0.5 * Math.sqrt((z * s * (n - s)) / n) * (m - n / 2 < 0 ? -1 : 1)
      const newLeft = Math.max(left, Math.floor(k - (m * s) / n + sd))
      const newRight = Math.min(right, Math.floor(k + ((n - m) * s) / n + sd))
      select(index, k, newLeft, newRight, axis)
    }
    const pivot = xyz[k * 3 + axis]
    let i = left
    let j = right
    swap(index, left, k)
    if (xyz[right * 3 + axis] > pivot) swap(index, left, right)
    while (i < j) {
      swap(index, i, j)
      i += 1
      j -= 1
      while (xyz[i * 3 + axis] < pivot) i += 1
      while (xyz[j * 3 + axis] > pivot) j -= 1
    }
    if (xyz[left * 3 + axis] === pivot) swap(index, left, j)
    else {
      j += 1
      swap(index, j, right)
    }
    if (j <= k) left = j + 1
    if (k <= j) right = j - 1
  }
}

function swap({ rows, xyz }: NearestIndex, a: number, b: number): void {
  const row = rows[a]
  rows[a] = rows[b]
  rows[b] = row
  for (let axis = 0; axis < 3; axis += 1) {
    const value = xyz[a * 3 + axis]
    xyz[a * 3 + axis] = xyz[b * 3 + axis]
    xyz[b * 3 + axis] = value
  }
}

/** The parameters and the result of a search. Reuse the object, so that a search allocates nothing. */
export type NearestSearch = {
  /** Unit vector of the query position. */
  readonly point: Float64Array
  limit: number
  maxChordSquared: number
  /** Whether a row may be in the result. */
  accept: (row: number) => boolean
  /** `accept` only accepts rows that have a bit of each of these masks; empty without such a condition. Prunes ranges. */
  masks: readonly number[]
  /** Order of rows at exactly the same distance: negative when `a` comes first. */
  tie: (a: number, b: number) => number
  readonly found: Nearest
}

/** Adds the nearest rows of the index to `search.found`, which keeps rows already in it that are nearer. */
export function searchNearest(index: NearestIndex, search: NearestSearch): void {
  if (index.rows.length > 0 && search.limit > 0) visit(index, search, 0, index.rows.length - 1, 0, 0, 0, 0, 0)
}

/** `dx`, `dy`, `dz`: distance of the range from the point on each axis; `bound`: the sum of their squares. */
function visit(
  index: NearestIndex,
  search: NearestSearch,
  left: number,
  right: number,
  axis: number,
  bound: number,
  dx: number,
  dy: number,
  dz: number,
): void {
  const isLeaf = right - left < LEAF_SIZE
  const middle = (left + right) >> 1
  if (search.masks.length > 0 && lacks(index.bits[isLeaf ? left : middle], search.masks)) return
  if (isLeaf) {
    for (let i = left; i <= right; i += 1) consider(index, search, i)
    return
  }
  const offset = search.point[axis] - index.xyz[middle * 3 + axis]
  const next = axis === 2 ? 0 : axis + 1
  const nearLeft = offset < 0

  if (nearLeft) visit(index, search, left, middle - 1, next, bound, dx, dy, dz)
  else visit(index, search, middle + 1, right, next, bound, dx, dy, dz)
  consider(index, search, middle)

  const old = axis === 0 ? dx : axis === 1 ? dy : dz
  const farBound = bound - old * old + offset * offset
  if (farBound > worst(search)) return
  const fx = axis === 0 ? offset : dx
  const fy = axis === 1 ? offset : dy
  const fz = axis === 2 ? offset : dz
  if (nearLeft) visit(index, search, middle + 1, right, next, farBound, fx, fy, fz)
  else visit(index, search, left, middle - 1, next, farBound, fx, fy, fz)
}

function lacks(bits: number, masks: readonly number[]): boolean {
  for (const mask of masks) if ((bits & mask) === 0) return true
  return false
}

function worst({ found, limit, maxChordSquared }: NearestSearch): number {
  return found.count < limit ? maxChordSquared : found.chords[found.count - 1]
}

function consider({ rows, xyz }: NearestIndex, search: NearestSearch, i: number): void {
  const x = xyz[i * 3] - search.point[0]
  const y = xyz[i * 3 + 1] - search.point[1]
  const z = xyz[i * 3 + 2] - search.point[2]
  offer(search, rows[i], x * x + y * y + z * z)
}

/** Inserts a row at a squared chord into the result if it is near enough. */
export function offer(search: NearestSearch, row: number, chordSquared: number): void {
  const { found, limit } = search
  if (chordSquared > worst(search)) return
  if (!search.accept(row)) return
  const { rows, chords } = found
  let place = found.count
  while (
    place > 0 &&
    (chords[place - 1] > chordSquared || (chords[place - 1] === chordSquared && search.tie(rows[place - 1], row) > 0))
  ) {
    place -= 1
  }
  if (place >= limit) return
  if (found.count < limit) found.count += 1
  for (let i = found.count - 1; i > place; i -= 1) {
    rows[i] = rows[i - 1]
    chords[i] = chords[i - 1]
  }
  rows[place] = row
  chords[place] = chordSquared
}
