import { between, seededRandom, type Random } from '#features/demo/random.ts'
import type { LngLat } from '@kickstand/domain'
import { areaFeature, closedRing, lineFeature, named, pointFeature, type MapFeature } from './map-feature.ts'
import { contains, distance, step, type Point } from './plane.ts'
import { TOWN_NAME, type TownPlan } from './town-plan.ts'
import type { BlockUse } from './uses.ts'

const LANDUSE: Readonly<Partial<Record<BlockUse, string>>> = {
  school: 'school',
  hospital: 'hospital',
  university: 'university',
  cemetery: 'cemetery',
  stadium: 'stadium',
  market: 'retail',
  works: 'industrial',
  square: 'pedestrian',
}

/** The sea, the river, vegetation, land use and buildings. */
export function* groundFeatures(plan: TownPlan): Generator<MapFeature> {
  yield* water(plan)
  // A separate random generator, so that the map is the same each time it is drawn.
  const random = seededRandom(plan.seed + 3)
  yield* country(plan, random)
  for (const block of plan.blocks)
    if (plan.edge(block.center) < 1.02) yield areaFeature('landuse', 10, block.ring, { class: 'residential' })
  for (const { use, ring, name } of plan.uses) {
    const landuse = LANDUSE[use]
    if (landuse !== undefined) yield areaFeature('landuse', 12, ring, { class: landuse })
    if (use !== 'park') continue
    yield areaFeature('landcover', 11, ring, { class: 'grass', subclass: 'park' })
    yield areaFeature('park', 12, ring, { class: 'public_park', ...named(name) })
  }
  yield* buildings(plan, random)
}

function* water({ land }: TownPlan): Generator<MapFeature> {
  const world: LngLat[] = [
    [-180, -85.06],
    [180, -85.06],
    [180, 85.06],
    [-180, 85.06],
    [-180, -85.06],
  ]
  // One island in an ocean that covers the world.
  const sea = { type: 'Polygon', coordinates: [world, closedRing(land.shore).toReversed()] } as const
  yield { layer: 'water', minZoom: 0, geometry: sea, properties: { class: 'ocean' } }
  yield areaFeature('water', 12, land.riverArea, { class: 'river' })
  yield lineFeature('waterway', 9, land.river, { class: 'river', ...named(`Rivo ${TOWN_NAME}`) })
  yield pointFeature('water_name', 12, land.bay[11], { class: 'bay', ...named(`Bahal ${TOWN_NAME}`) })
}

/** Woods, fields, the beach and the hill, outside of the town. */
function* country(plan: TownPlan, random: Random): Generator<MapFeature> {
  const { land, edge, blocks, hillName } = plan
  for (const block of blocks)
    if (edge(block.center) > 1.02)
      yield areaFeature('landcover', 10, block.ring, { class: 'farmland', subclass: 'farmland' })
  let hill: Point = step([0, 0], land.bayAngle + Math.PI, 1800)
  for (let i = 0; i < 320; i++) {
    const at: Point = [between(random, -3000, 3000), between(random, -3000, 3000)]
    if (land.fromSea.at(at) < 130 || edge(at) < 1.12) continue
    if (random() > 0.55) continue
    yield areaFeature('landcover', 9, blob(plan, random, at, between(random, 110, 330)), {
      class: 'wood',
      subclass: 'forest',
    })
    if (land.fromSea.at(at) + 300 * edge(at) > land.fromSea.at(hill) + 300 * edge(hill)) hill = at
  }
  yield pointFeature('mountain_peak', 11, hill, { class: 'peak', ele: 214, rank: 1, ...named(hillName) })
  yield beach(plan)
}

/** A round shape with an uneven edge that avoids the sea and the town. */
function blob({ land, edge }: TownPlan, random: Random, at: Point, size: number): Point[] {
  const phases = [between(random, 0, 6), between(random, 0, 6)]
  return Array.from({ length: 36 }, (_, i) => {
    const angle = (i / 36) * 2 * Math.PI
    let reach = size * (1 + 0.22 * Math.sin(2 * angle + phases[0]) + 0.14 * Math.sin(5 * angle + phases[1]))
    const tooFar = (p: Point): boolean => land.fromSea.at(p) < 40 || edge(p) < 1.05 || land.fromRiver.at(p) < 30
    while (reach > 20 && tooFar(step(at, angle, reach))) reach *= 0.88
    return step(at, angle, reach)
  })
}

/** A beach on the open coast, on the side of the old town. */
function beach({ land, field }: TownPlan): MapFeature {
  const mouth = land.shore.filter((point) => distance(point, land.bayHead) > 1900)
  const start = mouth.reduce((a, b) => (distance(a, field.oldTown) < distance(b, field.oldTown) ? a : b))
  const middle = land.shore.indexOf(start)
  const strip: Point[] = []
  for (let i = -22; i <= 22; i++) strip.push(land.shore[(middle + i + land.shore.length) % land.shore.length])
  const inner = strip.map((p, i) =>
    step(p, land.fromSea.uphill(p), 46 * Math.cos(((i - 22) / 22.5) * (Math.PI / 2)) ** 0.6),
  )
  return areaFeature('landcover', 11, [...strip, ...inner.toReversed()], { class: 'sand', subclass: 'beach' })
}

function* buildings({ houses, zones, uses }: TownPlan, random: Random): Generator<MapFeature> {
  for (const { ring, height } of houses) yield areaFeature('building', 13, ring, { render_height: height })
  for (const zone of zones)
    if (zone.kind === 'garage' || zone.kind === 'shed')
      yield areaFeature('building', 13, zone.ring, { render_height: zone.kind === 'garage' ? 15 : 3 })
  for (const block of uses)
    if (block.use !== 'park' && block.use !== 'square' && block.use !== 'cemetery')
      for (const ring of halls(random, block.ring, block.center))
        yield areaFeature('building', 13, ring, { render_height: 14 })
}

/** A few large buildings within a block, away from its edges. */
function halls(random: Random, ring: readonly Point[], center: Point): Point[][] {
  const found: Point[][] = []
  const angle = Math.atan2(ring[1][1] - ring[0][1], ring[1][0] - ring[0][0])
  for (const shift of [-1, 1]) {
    const at = step(center, angle, shift * between(random, 15, 24))
    const [long, wide] = [between(random, 20, 30), between(random, 10, 16)]
    const hall: Point[] = [
      [-long / 2, -wide / 2],
      [long / 2, -wide / 2],
      [long / 2, wide / 2],
      [-long / 2, wide / 2],
    ].map(([x, y]) => [
      at[0] + x * Math.cos(angle) - y * Math.sin(angle),
      at[1] + x * Math.sin(angle) + y * Math.cos(angle),
    ])
    if (hall.every((corner) => contains(ring, corner))) found.push(hall)
  }
  return found
}
