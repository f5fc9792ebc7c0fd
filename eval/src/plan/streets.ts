import type { Random } from '#random.ts'

/** A town's streets: places (metres east and north of its middle) and how long the streets between them are. */
export type Streets = {
  readonly east: number[]
  readonly north: number[]
  /** Places next to each, and metres to them. */
  readonly next: { readonly to: number; readonly metres: number }[][]
}

export const PATTERNS = ['grid', 'organic'] as const
export type Pattern = (typeof PATTERNS)[number]

/** Metres between crossings, and shares of streets missing and crossings moved in a town that grew. */
const BLOCK = 100
const MISSING = 0.2
const MOVED = 0.35

/** Streets over a square of `side` metres: a regular grid, or one that was bent and has holes. */
export function layStreets(pattern: Pattern, side: number, random: Random): Streets {
  const across = Math.round(side / BLOCK) + 1
  const streets: Streets = { east: [], north: [], next: [] }
  const bend = pattern === 'organic' ? MOVED * BLOCK : 0
  for (let i = 0; i < across * across; i += 1) {
    const shift = (): number => (random() * 2 - 1) * bend
    streets.east.push(((i % across) - (across - 1) / 2) * BLOCK + shift())
    streets.north.push((Math.floor(i / across) - (across - 1) / 2) * BLOCK + shift())
    streets.next.push([])
  }
  for (let i = 0; i < across * across; i += 1) {
    const [column, row] = [i % across, Math.floor(i / across)]
    // The streets along the edges always stay, and hold the town together.
    if (column + 1 < across && (row === 0 || row === across - 1 || isThere(pattern, random))) join(streets, i, i + 1)
    if (row + 1 < across && (column === 0 || column === across - 1 || isThere(pattern, random))) {
      join(streets, i, i + across)
    }
  }
  return streets
}

function isThere(pattern: Pattern, random: Random): boolean {
  return pattern === 'grid' || random() >= MISSING
}

function join({ east, north, next }: Streets, a: number, b: number): void {
  const metres = Math.hypot(east[a] - east[b], north[a] - north[b])
  next[a].push({ to: b, metres })
  next[b].push({ to: a, metres })
}

/** Metres by street from a place to all others; infinite where no street leads. */
export function streetMetres({ next }: Streets, from: number): Float64Array {
  const metres = new Float64Array(next.length).fill(Number.POSITIVE_INFINITY)
  metres[from] = 0
  // Places in the order of their distance, by buckets of one metre: distances are short and whole enough.
  const buckets: number[][] = [[from]]
  for (let reached = 0; reached < buckets.length; reached += 1) {
    const bucket = buckets[reached] ?? []
    for (const place of bucket) {
      if (Math.floor(metres[place]) !== reached) continue
      for (const { to, metres: length } of next[place]) {
        const there = metres[place] + length
        if (there >= metres[to]) continue
        metres[to] = there
        const at = Math.floor(there)
        const list = buckets[at]
        if (list === undefined) buckets[at] = [to]
        else list.push(to)
      }
    }
  }
  return metres
}
