import type { Random } from '#random.ts'

/** A street network: nodes (metres east and north of the middle) and the lengths of the streets between them. */
export type Streets = {
  readonly east: number[]
  readonly north: number[]
  /** Neighbours of each node, with distances in metres. */
  readonly next: { readonly to: number; readonly metres: number }[][]
}

export const PATTERNS = ['grid', 'organic'] as const
export type Pattern = (typeof PATTERNS)[number]

/** Metres between crossings; for an organic town the share of missing streets and the maximum shift of crossings, in blocks. */
const BLOCK_METRES = 100
const MISSING_SHARE = 0.2
const MAX_SHIFT_SHARE = 0.35

/** Streets over a square of `side` metres: a regular grid, or a distorted one with gaps. */
export function layStreets(pattern: Pattern, side: number, random: Random): Streets {
  const across = Math.round(side / BLOCK_METRES) + 1
  const streets: Streets = { east: [], north: [], next: [] }
  const bend = pattern === 'organic' ? MAX_SHIFT_SHARE * BLOCK_METRES : 0
  for (let i = 0; i < across * across; i += 1) {
    const shift = (): number => (random() * 2 - 1) * bend
    streets.east.push(((i % across) - (across - 1) / 2) * BLOCK_METRES + shift())
    streets.north.push((Math.floor(i / across) - (across - 1) / 2) * BLOCK_METRES + shift())
    streets.next.push([])
  }
  for (let i = 0; i < across * across; i += 1) {
    const [column, row] = [i % across, Math.floor(i / across)]
    // The streets along the edges are never missing, so the network is mostly connected.
    if (column + 1 < across && (row === 0 || row === across - 1 || hasStreet(pattern, random))) join(streets, i, i + 1)
    if (row + 1 < across && (column === 0 || column === across - 1 || hasStreet(pattern, random))) {
      join(streets, i, i + across)
    }
  }
  return streets
}

function hasStreet(pattern: Pattern, random: Random): boolean {
  return pattern === 'grid' || random() >= MISSING_SHARE
}

function join({ east, north, next }: Streets, a: number, b: number): void {
  const metres = Math.hypot(east[a] - east[b], north[a] - north[b])
  next[a].push({ to: b, metres })
  next[b].push({ to: a, metres })
}

/** Metres by street from a node to all others; infinite where there is no route. */
export function streetMetres({ next }: Streets, from: number): Float64Array {
  const metres = new Float64Array(next.length).fill(Number.POSITIVE_INFINITY)
  metres[from] = 0
  // Dijkstra's algorithm with buckets of one metre, which is exact enough.
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
