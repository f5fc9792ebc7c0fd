import {
  UNKNOWN_FACTS,
  type Outline,
  type SourceInfo,
  type SourceZone,
  type VehicleRules,
  type ZoneFacts,
} from '@kickstand/domain'
import { between, chance, gaussian, pick, pickWeighted, wholeBetween, type Random } from './random.ts'
import { nameMaker } from './town/names.ts'

export const WORLD_SOURCE: SourceInfo = {
  id: 'demo-world',
  name: 'A simulated world for measurements',
  licence: 'CC0-1.0',
  licenceUrl: 'https://creativecommons.org/publicdomain/zero/1.0/',
  attribution: 'Simulated: no such parking',
  url: null,
  simulated: true,
}

const METRES_PER_DEGREE = 111_195
const MAX_NAMES = 1200

/** `spreadMetres`: the standard deviation of its zones' distance from the centre, north and east. */
type City = { readonly lat: number; readonly lng: number; readonly spreadMetres: number }

/**
 * Generates `count` zones for benchmarks, in clusters like cities all over the globe. Some clusters are on the
 * antimeridian or near a pole. As in OpenStreetMap, most fields of most zones are unknown. Zones are generated one by
 * one, so that a million of them do not have to be in memory.
 */
export function* worldZones(count: number, random: Random): Generator<SourceZone> {
  const nextName = nameMaker(random)
  const names = Array.from({ length: Math.min(MAX_NAMES, count) }, nextName)
  let city = makeCity(random, 0)
  let zonesLeft = citySize(random)
  let cities = 0
  for (let i = 0; i < count; i++) {
    if (zonesLeft-- === 0) {
      city = makeCity(random, ++cities)
      zonesLeft = citySize(random)
    }
    const [lat, lng] = placeIn(random, city)
    yield { ref: `w${i}`, facts: worldFacts(random, lat, lng, names) }
  }
}

/** City sizes have a Pareto distribution: most are small, a few very large. */
function citySize(random: Random): number {
  return Math.min(20_000, Math.floor(60 / (1 - random()) ** 0.9))
}

function makeCity(random: Random, index: number): City {
  const spreadMetres = between(random, 1200, 7000)
  // Every fiftieth city is on the antimeridian and every hundredth near a pole, where searches are most error-prone.
  if (index % 100 === 50)
    return { lat: pick(random, [-1, 1]) * between(random, 84, 89.98), lng: between(random, -180, 180), spreadMetres }
  if (index % 50 === 25) return { lat: between(random, -55, 65), lng: 180, spreadMetres }
  const lat = chance(random, 0.72) ? between(random, 20, 58) : between(random, -42, 20)
  return { lat, lng: between(random, -180, 180), spreadMetres }
}

function placeIn(random: Random, city: City): [lat: number, lng: number] {
  const lat = Math.max(-90, Math.min(90, city.lat + (gaussian(random) * city.spreadMetres) / METRES_PER_DEGREE))
  const metresPerDegree = Math.max(METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180), 100)
  const lng = city.lng + (gaussian(random) * city.spreadMetres) / metresPerDegree
  return [round7(lat), round7(((((lng + 180) % 360) + 360) % 360) - 180)]
}

function round7(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}

const UNTAGGED: VehicleRules = {
  moped: 'unknown',
  scooter: 'unknown',
  motorcycle: 'yes',
  heavy: 'unknown',
  sidecar: 'unknown',
  electric: 'unknown',
}
const RULES: readonly (readonly [VehicleRules, number])[] = [
  [UNTAGGED, 0.86],
  [{ ...UNTAGGED, moped: 'yes', scooter: 'yes' }, 0.08],
  [{ ...UNTAGGED, moped: 'no' }, 0.04],
  [{ ...UNTAGGED, electric: 'yes' }, 0.02],
]

function worldFacts(random: Random, lat: number, lng: number, names: readonly string[]): ZoneFacts {
  const capacity = chance(random, 0.42) ? wholeBetween(random, 2, 2 + 28 * random()) : null
  return {
    ...UNKNOWN_FACTS,
    lat,
    lng,
    vehicles: pickWeighted(random, RULES),
    name: chance(random, 0.5) ? `${pick(random, names)} ${wholeBetween(random, 1, 240)}` : null,
    outline: chance(random, 0.3) ? outlineAround(random, lat, lng, capacity ?? 8) : null,
    capacity,
    kind: chance(random, 0.8) ? pick(random, ['bay', 'bay', 'bay', 'lot', 'rack', 'shed'] as const) : null,
    access: chance(random, 0.22) ? pick(random, ['public', 'public', 'public', 'customers', 'private'] as const) : null,
    fee: chance(random, 0.2) ? pick(random, ['free', 'free', 'free', 'paid'] as const) : null,
    covered: chance(random, 0.18) ? chance(random, 0.35) : null,
    lit: chance(random, 0.05) ? true : null,
    surveillance: chance(random, 0.03) ? chance(random, 0.5) : null,
    anchors: chance(random, 0.04) ? true : null,
    surface: chance(random, 0.2) ? pick(random, ['asphalt', 'asphalt', 'paving_stones', 'concrete']) : null,
    operator: chance(random, 0.03) ? pick(random, names) : null,
    openingHours: chance(random, 0.02) ? '24/7' : null,
    maxStay: chance(random, 0.015) ? 7200 : null,
  }
}

/**
 * A strip in a random direction. Null near the poles, where degrees of longitude are too short, and near the
 * antimeridian, which it could cross.
 */
function outlineAround(random: Random, lat: number, lng: number, capacity: number): Outline | null {
  if (Math.abs(lat) > 80 || Math.abs(lng) > 179.9) return null
  const metresPerDegree = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  const direction = between(random, 0, Math.PI)
  const [cos, sin] = [Math.cos(direction), Math.sin(direction)]
  const corner = (along: number, across: number): readonly [number, number] => [
    round7(lng + (along * cos - across * sin) / metresPerDegree),
    round7(lat + (along * sin + across * cos) / METRES_PER_DEGREE),
  ]
  const half = capacity * 0.45
  const first = corner(-half, -1.1)
  return { type: 'Polygon', coordinates: [[first, corner(half, -1.1), corner(half, 1.1), corner(-half, 1.1), first]] }
}
