import { everyVehicle, VEHICLES, type MayPark, type Vehicle, type VehicleRules } from '../vehicles/vehicle.ts'
import { MAX_SPACES } from './read-values.ts'
import type { SourceZone } from './source-zone.ts'
import { roundDegrees } from './point-inside.ts'
import { UNKNOWN_FACTS, type LngLat, type Outline, type ZoneFacts } from './zone.ts'

type Place = Pick<ZoneFacts, 'lat' | 'lng' | 'outline'>

const METRES_PER_DEGREE = 111_195
/** Members within a shorter line are one point. */
const MIN_LINE_METRES = 1

/**
 * Joins rows for single spaces, such as the meters along a block, into one zone. Its capacity is their sum (one for each without a
 * capacity), its outline a line along them, its point the middle one on that line. Other facts are kept where all members agree; the
 * name is that of the middle one. The order of members does not matter. There must be at least one.
 */
export function joinMembers(ref: string, members: readonly SourceZone[]): SourceZone {
  const { order, place } = orderAlongLine(members)
  const facts = order.map((member) => member.facts)
  const [first] = facts
  if (first === undefined) throw new RangeError('a group has at least one member')
  const spaces = facts.reduce((sum, { capacity }) => sum + (capacity ?? 1), 0)
  const agreed = Object.keys(UNKNOWN_FACTS).filter((name) => {
    const value = JSON.stringify(Reflect.get(first, name))
    return facts.every((one) => JSON.stringify(Reflect.get(one, name)) === value)
  })
  const shared: typeof UNKNOWN_FACTS = {
    ...UNKNOWN_FACTS,
    ...Object.fromEntries(agreed.map((name) => [name, Reflect.get(first, name)])),
  }
  return {
    ref,
    facts: {
      ...shared,
      ...place,
      name: facts[Math.floor(facts.length / 2)]?.name ?? null,
      capacity: spaces > MAX_SPACES ? null : spaces,
      capacityEstimated: facts.some((one) => one.capacityEstimated === true) ? true : null,
      vehicles: agreedVehicles(facts),
    },
  }
}

function agreedVehicles(facts: readonly ZoneFacts[]): VehicleRules {
  const rules: Record<Vehicle, MayPark> = { ...everyVehicle('unknown') }
  for (const vehicle of VEHICLES) {
    const answer = facts[0]?.vehicles[vehicle] ?? 'unknown'
    if (facts.every(({ vehicles }) => vehicles[vehicle] === answer)) rules[vehicle] = answer
  }
  return rules
}

/** Members in their order along the best-fitting straight line, and the position and outline of the joined zone. */
function orderAlongLine(members: readonly SourceZone[]): { order: readonly SourceZone[]; place: Place } {
  const lat0 = mean(members.map(({ facts }) => facts.lat))
  const lng0 = mean(members.map(({ facts }) => facts.lng))
  const perLng = Math.max(1e-6, Math.cos((lat0 * Math.PI) / 180)) * METRES_PER_DEGREE
  const plane = members.map(({ facts }) => ({
    x: (facts.lng - lng0) * perLng,
    y: (facts.lat - lat0) * METRES_PER_DEGREE,
  }))
  const sum = (of: (at: { x: number; y: number }) => number): number => plane.reduce((all, at) => all + of(at), 0)
  const angle =
    0.5 *
    Math.atan2(
      2 * sum(({ x, y }) => x * y),
      sum(({ x, y }) => x * x - y * y),
    )
  const [east, north] = [Math.cos(angle), Math.sin(angle)]
  const at = (t: number): LngLat => [
    roundDegrees(lng0 + (t * east) / perLng),
    roundDegrees(lat0 + (t * north) / METRES_PER_DEGREE),
  ]
  const along = members.map((member, i) => ({ member, t: (plane[i]?.x ?? 0) * east + (plane[i]?.y ?? 0) * north }))
  along.sort((a, b) => a.t - b.t || (a.member.ref < b.member.ref ? -1 : 1))
  const [from, middle, to] = [0, Math.floor(along.length / 2), along.length - 1].map((i) => along[i]?.t ?? 0)
  const [lng, lat] = at(middle ?? 0)
  const length = (to ?? 0) - (from ?? 0)
  const outline: Outline = { type: 'LineString', coordinates: [at(from ?? 0), at(to ?? 0)] }
  return {
    order: along.map(({ member }) => member),
    place: { lat, lng, outline: length < MIN_LINE_METRES ? null : outline },
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
