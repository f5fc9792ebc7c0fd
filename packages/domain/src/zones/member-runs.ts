import { distance } from '../geo/great-circle.ts'
import type { SourceZone } from './source-zone.ts'

const METRES_PER_DEGREE = 111_195

/**
 * Splits members into runs, in which each member is within `gap` metres of another. Keeps the order of members within the runs, and
 * orders runs by their first member. Uses a grid, so that the time grows linearly with the number of members.
 */
export function runsOf(members: readonly SourceZone[], gap: number): SourceZone[][] {
  const cellOf = ({ facts }: SourceZone): [number, number] => {
    const north = (facts.lat * METRES_PER_DEGREE) / gap
    const east = (facts.lng * Math.cos((facts.lat * Math.PI) / 180) * METRES_PER_DEGREE) / gap
    return [Math.floor(north), Math.floor(east)]
  }
  const cells = new Map<string, Set<SourceZone>>()
  for (const member of members) {
    const key = cellOf(member).join()
    cells.set(key, (cells.get(key) ?? new Set()).add(member))
  }
  const takeNear = (member: SourceZone): SourceZone[] => {
    const [row, column] = cellOf(member)
    const near: SourceZone[] = []
    for (const cell of around(row, column)) {
      for (const other of cells.get(cell) ?? []) {
        if (metres(member, other) > gap) continue
        cells.get(cell)?.delete(other)
        near.push(other)
      }
    }
    return near
  }

  const runOf = new Map<SourceZone, number>()
  let runs = 0
  for (const member of members) {
    if (runOf.has(member)) continue
    const open = [member, ...takeNear(member)]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (runOf.has(next)) continue
      runOf.set(next, runs)
      open.push(...takeNear(next))
    }
    runs += 1
  }
  const split: SourceZone[][] = Array.from({ length: runs }, () => [])
  for (const member of members) split[runOf.get(member) ?? 0]?.push(member)
  return split
}

function* around(row: number, column: number): Generator<string> {
  for (let i = -1; i <= 1; i++) for (let j = -1; j <= 1; j++) yield `${row + i},${column + j}`
}

function metres(a: SourceZone, b: SourceZone): number {
  return distance(a.facts.lat, a.facts.lng, b.facts.lat, b.facts.lng)
}
