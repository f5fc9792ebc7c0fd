import { named, pointFeature, type MapFeature, type MapProperties } from './map-feature.ts'
import { step, type Point } from './plane.ts'
import { ferryLine, piers } from './street-features.ts'
import { TOWN_NAME, type TownPlan } from './town-plan.ts'
import type { BlockUse } from './uses.ts'

type Interest = { readonly class: string; readonly subclass: string; readonly rank: number; readonly from: number }

const INTEREST: Readonly<Partial<Record<BlockUse, Interest>>> = {
  park: { class: 'park', subclass: 'park', rank: 4, from: 13 },
  square: { class: 'town_hall', subclass: 'square', rank: 3, from: 14 },
  market: { class: 'shop', subclass: 'marketplace', rank: 2, from: 14 },
  school: { class: 'school', subclass: 'school', rank: 6, from: 14 },
  university: { class: 'college', subclass: 'university', rank: 2, from: 13 },
  hospital: { class: 'hospital', subclass: 'hospital', rank: 1, from: 13 },
  stadium: { class: 'stadium', subclass: 'stadium', rank: 2, from: 13 },
  cemetery: { class: 'cemetery', subclass: 'cemetery', rank: 5, from: 14 },
}

/** The names of the town and its quarters, and points of interest. */
export function* labelFeatures(plan: TownPlan): Generator<MapFeature> {
  const { land, field, rail, uses } = plan
  yield pointFeature('place', 4, step(land.bayHead, land.bayAngle + Math.PI, 130), {
    class: 'town',
    rank: 6,
    ...named(TOWN_NAME),
  })
  for (const { at, name } of plan.quarters)
    yield pointFeature('place', 12, at, { class: 'suburb', rank: 3, ...named(name) })

  yield interest(rail[0], 13, { class: 'railway', subclass: 'station', rank: 1 }, `Stasal ${TOWN_NAME}`)
  yield interest(
    ferryLine(land)[0],
    13,
    { class: 'ferry_terminal', subclass: 'ferry_terminal', rank: 1 },
    `Ferral ${TOWN_NAME}`,
  )
  const mole = piers(land)[8][1]
  yield interest(mole, 14, { class: 'attraction', subclass: 'lighthouse', rank: 2 }, 'Faro')
  yield interest(step(field.oldTown, 1, 70), 14, { class: 'museum', subclass: 'museum', rank: 2 }, 'Muzeo Mara')
  for (const { use, center, name } of uses) {
    const look = INTEREST[use]
    if (look === undefined) continue
    const { from, ...properties } = look
    yield interest(center, from, properties, name)
  }
}

function interest(at: Point, from: number, properties: MapProperties, name: string): MapFeature {
  return pointFeature('poi', from, at, { ...properties, ...named(name) })
}
