import { contains, lineLength, offsetLine, type Point } from './plane.ts'
import type { Land } from './land.ts'
import { lineFeature, named, type MapFeature } from './map-feature.ts'
import type { StreetRank } from './streets.ts'
import type { NamedStreet, TownPlan } from './town-plan.ts'

const CLASSES: Readonly<
  Record<StreetRank, { readonly class: string; readonly from: number; readonly nameFrom: number }>
> = {
  ring: { class: 'secondary', from: 9, nameFrom: 12 },
  avenue: { class: 'primary', from: 8, nameFrom: 12 },
  quay: { class: 'secondary', from: 10, nameFrom: 12 },
  street: { class: 'tertiary', from: 11, nameFrom: 12 },
  lane: { class: 'minor', from: 12, nameFrom: 13 },
}

/** Streets with their bridges and names, the railway, paths, piers and the ferry. */
export function* streetFeatures(plan: TownPlan): Generator<MapFeature> {
  for (const street of plan.streets) yield* streetPieces(plan.land, street)
  yield lineFeature('transportation', 10, plan.rail, { class: 'rail' })
  yield lineFeature(
    'transportation',
    13,
    offsetLine(plan.rail.slice(0, 4), () => 6),
    { class: 'rail', service: 'siding' },
  )
  yield* footpaths(plan)
  yield* harbourLines(plan.land)
}

function* streetPieces(land: Land, { rank, line, name }: NamedStreet): Generator<MapFeature> {
  const look = CLASSES[rank]
  const over = line.map((_, i) => [i - 1, i, i + 1].some((j) => line[j] !== undefined && isOverRiver(land, line[j])))
  let from = 0
  for (let i = 1; i <= line.length; i++) {
    if (i < line.length && over[i] === over[from]) continue
    const piece = line.slice(from, Math.min(line.length, i + 1))
    if (piece.length > 1)
      yield lineFeature('transportation', look.from, piece, {
        class: look.class,
        ...(over[from] ? { brunnel: 'bridge' } : {}),
      })
    from = i
  }
  if (lineLength(line) > 60)
    yield lineFeature('transportation_name', look.nameFrom, line, { class: look.class, ...named(name) })
}

function isOverRiver(land: Land, point: Point): boolean {
  return land.fromRiver.at(point) < 24 && contains(land.riverArea, point)
}

/** Paths across parks and squares, from their corners to the centre. */
function* footpaths({ uses }: TownPlan): Generator<MapFeature> {
  for (const { use, ring, center } of uses) {
    if (use !== 'park' && use !== 'square' && use !== 'cemetery') continue
    const spokes = use === 'square' ? 4 : 6
    for (let i = 0; i < spokes; i++) {
      const corner = ring[Math.floor((i * ring.length) / spokes)]
      yield lineFeature('transportation', 14, [corner, center], { class: 'path', subclass: 'footway' })
    }
  }
}

/** Piers on both shores of the harbour, a mole at its narrows, and the ferry to the open sea. */
function* harbourLines(land: Land): Generator<MapFeature> {
  for (const pier of piers(land)) yield lineFeature('transportation', 13, pier, { class: 'pier', subclass: 'pier' })
  yield lineFeature('transportation', 7, ferryLine(land), { class: 'ferry' })
}

/** Piers: from the shore towards the centre of the bay. */
export function piers(land: Land): Point[][] {
  return [
    ...[3, 5, 7, 9, 11].map((i) => pierAt(land, i, 1, 0.42)),
    ...[6, 8, 10].map((i) => pierAt(land, i, -1, 0.36)),
    pierAt(land, 21, 1, 0.55),
  ]
}

function pierAt(land: Land, i: number, side: 1 | -1, reach: number): Point[] {
  const middle = land.bay[i]
  const across = offsetLine(land.bay.slice(i - 1, i + 2), () => side)[1]
  const [dx, dy] = [across[0] - middle[0], across[1] - middle[1]]
  let shore = 0
  while (shore < 700 && land.fromSea.at([middle[0] + dx * shore, middle[1] + dy * shore]) < 4) shore += 6
  return [
    [middle[0] + dx * shore, middle[1] + dy * shore],
    [middle[0] + dx * shore * (1 - reach), middle[1] + dy * shore * (1 - reach)],
  ]
}

export function ferryLine(land: Land): Point[] {
  const berth = piers(land)[1][1]
  const out = land.bay[land.bay.length - 1]
  const away: Point = [out[0] + (out[0] - land.bay[20][0]) * 4, out[1] + (out[1] - land.bay[20][1]) * 4]
  return [berth, ...land.bay.slice(9), away]
}
