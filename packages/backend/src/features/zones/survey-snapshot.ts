import {
  type Area,
  createFieldCounts,
  distance,
  type FieldCounts,
  isInArea,
  MAX_JUMP_METRES,
  MAX_MOVE_METRES,
  type PositionSurvey,
  type SnapshotEnd,
  type SnapshotRow,
  type SourceZone,
  widenArea,
} from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { type FormerEntry, readFormer, readNeighbours } from './guard-store.ts'
import { createSeenRefs, type SeenRefs } from './seen-refs.ts'

const BATCH = 200
/** Metres within which two positions are the same. */
const SAME_PLACE_METRES = 1

/** A known zone that the file would move too far. */
export type FarMove = {
  readonly ref: string
  readonly zoneId: string
  readonly name: string | null
  readonly metres: number
}

/** The result of a first pass over a snapshot: how it differs from the entries of its source. */
export type SnapshotSurvey = {
  readonly positions: PositionSurvey
  readonly farMoves: ReadonlyMap<string, FarMove>
  readonly emptied: ReturnType<FieldCounts['emptied']>
  readonly end: SnapshotEnd
}

type Moved = Pick<SourceZone, 'ref'> & { readonly lat: number; readonly lng: number }

/**
 * A survey in progress. `movedTo`: for each moved zone, the zone whose former position it has now; both by reference.
 */
type Running = {
  readonly db: DbReader
  readonly sourceId: string
  readonly area: Area | null
  readonly fields: FieldCounts
  readonly farMoves: Map<string, FarMove>
  readonly moved: Set<string>
  readonly movedTo: Map<string, string>
  counts: { known: number; moved: number; left: number; zones: number; elsewhere: number }
}

/**
 * Compares a snapshot with the entries of its source and writes nothing. Only references are kept in memory. `area`:
 * the bounding box of the source's zones.
 */
export async function surveySnapshot(
  db: DbReader,
  sourceId: string,
  rows: AsyncIterable<SnapshotRow> | Iterable<SnapshotRow>,
  area: Area | null,
): Promise<SnapshotSurvey> {
  const counts = { known: 0, moved: 0, left: 0, zones: 0, elsewhere: 0 }
  const kept = { farMoves: new Map<string, FarMove>(), moved: new Set<string>(), movedTo: new Map<string, string>() }
  const running: Running = { db, sourceId, area: widenArea(area), fields: createFieldCounts(), ...kept, counts }
  const seen = createSeenRefs()
  let end: SnapshotEnd = { complete: true, note: null, coverage: null }
  let batch: SourceZone[] = []
  for await (const row of rows) {
    if ('end' in row) end = row.end
    if (!('facts' in row) || seen.get(row.ref) !== undefined) continue
    seen.set(row.ref, 'known')
    batch.push(row)
    if (batch.length < BATCH) continue
    await take(running, batch)
    batch = []
  }
  await take(running, batch)
  const displaced = countDisplaced(running, seen)
  const positions = { ...counts, displaced, hasCoverage: end.coverage !== null }
  return { positions, farMoves: kept.farMoves, emptied: running.fields.emptied(), end }
}

async function take(running: Running, batch: readonly SourceZone[]): Promise<void> {
  const { db, sourceId, area, counts } = running
  if (batch.length === 0) return
  const former = await readFormer(
    db,
    sourceId,
    batch.map(({ ref }) => ref),
  )
  const moved: Moved[] = []
  for (const { ref, facts } of batch) {
    const { lat, lng } = facts
    counts.zones += 1
    const isOutside = !isInArea(area, lat, lng)
    if (isOutside) counts.elsewhere += 1
    const was = former.get(ref)
    if (was === undefined || was.status === 'retired') continue
    counts.known += 1
    running.fields.add(was.facts, facts)
    if (isOutside) counts.left += 1
    const metres = metresBetween(was, facts)
    if (metres > SAME_PLACE_METRES) moved.push({ ref, lat, lng })
    if (metres > MAX_MOVE_METRES) counts.moved += 1
    if (metres <= MAX_JUMP_METRES) continue
    const name = was.facts.name ?? null
    running.farMoves.set(ref, { ref, zoneId: was.zoneId, name, metres: Math.round(metres) })
  }
  if (moved.length > 0) await noteDisplaced(running, moved)
}

function metresBetween({ lat, lng }: FormerEntry, to: { readonly lat: number; readonly lng: number }): number {
  return lat === null || lng === null ? 0 : distance(lat, lng, to.lat, to.lng)
}

async function noteDisplaced({ db, sourceId, moved, movedTo }: Running, rows: readonly Moved[]): Promise<void> {
  const neighbours = await readNeighbours(db, sourceId, rows)
  for (const { ref, lat, lng } of rows) {
    moved.add(ref)
    const there = neighbours.find((one) => {
      return one.ref !== ref && distance(one.lat, one.lng, lat, lng) <= SAME_PLACE_METRES
    })
    if (there !== undefined) movedTo.set(ref, there.ref)
  }
}

/** Counts zones that have the former position of another zone which has moved too or is not in the file. */
function countDisplaced({ moved, movedTo }: Running, seen: SeenRefs): number {
  return [...movedTo.values()].filter((other) => moved.has(other) || seen.get(other) === undefined).length
}
