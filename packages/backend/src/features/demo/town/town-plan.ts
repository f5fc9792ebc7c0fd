import { seededRandom } from '#features/demo/random.ts'
import { findBlocks, type Block } from './blocks.ts'
import { buildHouses, type Building } from './buildings.ts'
import { makeLand, type Land } from './land.ts'
import { nameMaker } from './names.ts'
import { placeZones, type ZonePlace } from './place-zones.ts'
import { between2, step, type Point } from './plane.ts'
import type { SegmentIndex } from './segment-index.ts'
import { makeStreetField, type StreetField } from './street-field.ts'
import { layCommons, layRail, layStreets, townEdge, type StreetRank, type TownEdge } from './streets.ts'
import { chooseUses, type BlockUse, type UsedBlock } from './uses.ts'

export type NamedStreet = { readonly name: string; readonly rank: StreetRank; readonly line: readonly Point[] }
export type NamedBlock = UsedBlock & { readonly name: string }

/** A town on the plane, in metres: the input of the map and of the zones. */
export type TownPlan = {
  readonly land: Land
  readonly field: StreetField
  readonly edge: TownEdge
  readonly rail: readonly Point[]
  readonly streets: readonly NamedStreet[]
  readonly placed: SegmentIndex
  readonly blocks: readonly Block[]
  readonly uses: readonly NamedBlock[]
  readonly zones: readonly ZonePlace[]
  readonly houses: readonly Building[]
  readonly seed: number
  readonly hillName: string
  readonly quarters: readonly Quarter[]
}

/** A quarter of the town, labelled at its centre. */
export type Quarter = { readonly at: Point; readonly name: string }

/** The town's name, the same for every seed. */
export const TOWN_NAME = 'Orsavel'

/** Generates the town of a seed. The same seed gives exactly the same town. */
export function planTown(seed: number): TownPlan {
  const random = seededRandom(seed)
  const nextName = nameMaker(seededRandom(seed + 1))
  const land = makeLand(random)
  const field = makeStreetField(random, land)
  const edge = townEdge(random, land, field)
  const rail = layRail(random, land, field)
  const commons = layCommons(random, land, field)
  const plan = layStreets({ random, land, field, rail, edge, commons })
  const streets = plan.streets.map((street) => ({ ...street, name: streetName(street.rank, nextName) }))
  const blocks = findBlocks(plan.streets.map((street) => street.line))
  const uses = chooseUses({ random, land, field, rail, edge, commons }, blocks).map((block) => ({
    ...block,
    name: `${BLOCK_WORDS[block.use]} ${nextName()}`,
  }))
  const site = { random, land, field, edge, rail, streets, placed: plan.placed, uses }
  const zones = placeZones(site)
  const taken = zones.filter((zone) => zone.kind !== 'bay' && zone.kind !== 'rack').map(groundOf)
  const houses = buildHouses({ ...site, taken })
  const quarters = nameQuarters({ land, field, rail }, nextName)
  return {
    seed,
    land,
    field,
    edge,
    rail,
    streets,
    placed: plan.placed,
    uses,
    blocks,
    zones,
    houses,
    quarters,
    hillName: `Kolo ${nextName()}`,
  }
}

const STREET_WORDS: Readonly<Record<StreetRank, string>> = {
  ring: 'Rondal',
  avenue: 'Alvar',
  quay: 'Kado',
  street: 'Strel',
  lane: 'Lin',
}

const BLOCK_WORDS: Readonly<Record<BlockUse, string>> = {
  square: 'Plat',
  park: 'Vard',
  school: 'Skola',
  hospital: 'Hospal',
  university: 'Kolej',
  cemetery: 'Silvard',
  stadium: 'Arena',
  market: 'Merkal',
  works: 'Fabril',
}

function streetName(rank: StreetRank, nextName: () => string): string {
  return `${STREET_WORDS[rank]} ${rank === 'ring' ? TOWN_NAME : nextName()}`
}

function nameQuarters(
  { land, field, rail }: Pick<TownPlan, 'land' | 'field' | 'rail'>,
  nextName: () => string,
): Quarter[] {
  const { oldTown, newTown } = field
  return [
    { at: oldTown, name: 'Velvila' },
    { at: newTown, name: 'Novavila' },
    { at: between2(oldTown, newTown, 0.5), name: 'Ponteno' },
    { at: between2(land.bayHead, oldTown, 2.1), name: nextName() },
    { at: between2(land.bayHead, newTown, 1.75), name: nextName() },
    { at: between2(oldTown, rail[0], 1.35), name: nextName() },
    { at: step(oldTown, land.bayAngle, 560), name: nextName() },
    { at: step(newTown, land.bayAngle, 620), name: nextName() },
  ]
}

function groundOf(zone: ZonePlace): Building {
  return { ring: zone.ring, center: zone.center, height: 4 }
}
