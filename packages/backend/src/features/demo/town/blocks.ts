import { angleOf, centroid, crossing, distance, signedArea, type Point, type Ring } from './plane.ts'
import { segmentIndex, type Segment } from './segment-index.ts'

/** The ground between streets. */
export type Block = { readonly ring: Ring; readonly area: number; readonly center: Point }

/**
 * The faces of the street network: streets are split at crossings, dead ends are removed, and each face is traversed
 * with its area to the left.
 */
export function findBlocks(lines: readonly (readonly Point[])[]): Block[] {
  const graph = cutAtCrossings(lines)
  pruneDeadEnds(graph.neighbours)
  const blocks: Block[] = []
  for (const ring of walkFaces(graph)) {
    const area = signedArea(ring)
    if (area > 300 && area < 400_000) blocks.push({ ring, area, center: centroid(ring) })
  }
  return blocks
}

type Graph = { readonly points: Point[]; readonly neighbours: Map<number, Set<number>> }

function cutAtCrossings(lines: readonly (readonly Point[])[]): Graph {
  const index = segmentIndex()
  lines.forEach((line, street) => index.add(street, line))
  const points: Point[] = []
  const ids = new Map<string, number>()
  const neighbours = new Map<number, Set<number>>()

  function node(point: Point): number {
    const key = `${Math.round(point[0] * 100)},${Math.round(point[1] * 100)}`
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, points.length)
    neighbours.set(points.length, new Set())
    return points.push(point) - 1
  }

  function connect(from: number, to: number): void {
    if (from === to) return
    neighbours.get(from)?.add(to)
    neighbours.get(to)?.add(from)
  }

  for (const line of lines)
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1], line[i]]
      let before = node(a)
      for (const cut of cutsOf(a, b, index.near(a, distance(a, b) + 1))) {
        const here = node(cut)
        connect(before, here)
        before = here
      }
      connect(before, node(b))
    }
  return { points, neighbours }
}

/** The points where others cross the segment, in order. */
function cutsOf(a: Point, b: Point, others: readonly Segment[]): Point[] {
  const cuts: { t: number; at: Point }[] = []
  for (const other of others) {
    // Always computed from the same segment, so that both streets are split at exactly the same point.
    const flip = other.a[0] < a[0] || (other.a[0] === a[0] && other.a[1] < a[1])
    const found = crossing(a, b, other.a, other.b)
    if (!found) continue
    const [from, to, share] = flip ? [other.a, other.b, found.u] : [a, b, found.t]
    cuts.push({ t: found.t, at: [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share] })
  }
  return cuts.toSorted((one, two) => one.t - two.t).map((cut) => cut.at)
}

function pruneDeadEnds(neighbours: Map<number, Set<number>>): void {
  const ends = [...neighbours.keys()].filter((id) => (neighbours.get(id)?.size ?? 0) < 2)
  for (let id = ends.pop(); id !== undefined; id = ends.pop()) {
    const last = [...(neighbours.get(id) ?? [])]
    neighbours.delete(id)
    for (const other of last) {
      const rest = neighbours.get(other)
      rest?.delete(id)
      if (rest && rest.size < 2) ends.push(other)
    }
  }
}

function* walkFaces({ points, neighbours }: Graph): Generator<Point[]> {
  const around = new Map<number, number[]>()
  for (const [id, others] of neighbours)
    around.set(
      id,
      [...others].toSorted((a, b) => angleOf(points[id], points[a]) - angleOf(points[id], points[b])),
    )
  const walked = new Set<string>()
  for (const [start, others] of around)
    for (const first of others) {
      const face: Point[] = []
      let [from, to] = [start, first]
      while (!walked.has(`${from}>${to}`)) {
        walked.add(`${from}>${to}`)
        face.push(points[from])
        const turns = around.get(to) ?? []
        const next = turns[(turns.indexOf(from) + turns.length - 1) % turns.length]
        ;[from, to] = [to, next]
      }
      if (face.length > 2) yield face
    }
}
