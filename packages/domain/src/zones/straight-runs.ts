import { distance } from '../geo/great-circle.ts'
import { runsOf } from './member-runs.ts'
import type { SourceZone } from './source-zone.ts'

/** Greater distances between spaces are between rows, or across the street. */
const MAX_ROW_GAP_METRES = 6
/** Spaces farther from the line of their row are on the other side of the street, or round the corner. */
export const ROW_WIDTH_M = 5
/** Longer rows are split, so that a pin is never far from its spaces. */
export const ROW_LENGTH_M = 80

/**
 * Groups single spaces without a street name into rows by their positions. The result does not depend on the order of the
 * members.
 */
export function straightRuns(members: readonly SourceZone[]): SourceZone[][] {
  return runsOf(members, MAX_ROW_GAP_METRES).flatMap(splitRun)
}

/** Splits a run where it turns most, or in the middle if it is too long. */
function splitRun(run: SourceZone[]): SourceZone[][] {
  const [a, b] = ends(run)
  if (a === undefined || b === undefined) return [run]
  const length = metres(a, b)
  if (length === 0) return [run]
  const placed = run
    .map((member) => ({ member, ...alongAndBeside(member, a, b, length) }))
    .toSorted((one, other) => one.along - other.along || (one.member.ref < other.member.ref ? -1 : 1))
  const widest = Math.max(...placed.map(({ beside }) => beside))
  if (widest <= ROW_WIDTH_M && length <= ROW_LENGTH_M) return [run]
  const turn = widest > ROW_WIDTH_M ? placed.findIndex(({ beside }) => beside === widest) : middleOf(placed, length)
  const at = Math.min(Math.max(turn, 1), placed.length - 1)
  const sorted = placed.map(({ member }) => member)
  return [...splitRun(sorted.slice(0, at)), ...splitRun(sorted.slice(at))]
}

function middleOf(placed: readonly { readonly along: number }[], length: number): number {
  return placed.findIndex(({ along }) => along > length / 2)
}

/** Two members far apart, which define the line: the farthest from the first one, and the farthest from that. */
function ends(run: readonly SourceZone[]): [SourceZone | undefined, SourceZone | undefined] {
  const [first] = run.toSorted((a, b) => (a.ref < b.ref ? -1 : 1))
  const a = first === undefined ? undefined : farthest(run, first)
  return [a, a === undefined ? undefined : farthest(run, a)]
}

function farthest(run: readonly SourceZone[], from: SourceZone): SourceZone | undefined {
  let found: SourceZone | undefined
  for (const member of run) {
    const by = found === undefined ? 1 : metres(from, member) - metres(from, found)
    if (found === undefined || by > 0 || (by === 0 && member.ref < found.ref)) found = member
  }
  return found
}

function alongAndBeside(member: SourceZone, a: SourceZone, b: SourceZone, length: number) {
  const east = Math.cos((a.facts.lat * Math.PI) / 180)
  const vector = (to: SourceZone): [number, number] => [
    (to.facts.lng - a.facts.lng) * east * METRES_PER_DEGREE,
    (to.facts.lat - a.facts.lat) * METRES_PER_DEGREE,
  ]
  const [dx, dy] = vector(b)
  const [x, y] = vector(member)
  return { along: (x * dx + y * dy) / length, beside: Math.abs(x * dy - y * dx) / length }
}

const METRES_PER_DEGREE = 111_195

function metres(a: SourceZone, b: SourceZone): number {
  return distance(a.facts.lat, a.facts.lng, b.facts.lat, b.facts.lng)
}
