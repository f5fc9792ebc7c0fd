import { everyVehicle, FEES, MAY_PARK, VEHICLES } from '@kickstand/domain'
import type { SeededZone } from '@kickstand/testkit/seed-zones'

/** A zone with all fields that the brute-force search uses. */
export type PlacedZone = SeededZone & { readonly lat: number; readonly lng: number }

const TOWNS = [
  [37.79, -122.4],
  [-16.8, 179.98],
  [51.478, 0.0],
  [78.2, 15.6],
] as const

function pick<T>(random: () => number, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

/**
 * A random position that is hard for searches: in towns, on the antimeridian, near the poles, on tile edges, anywhere.
 */
export function scatteredPlace(random: () => number): { lat: number; lng: number } {
  const near = (value: number, by: number): number => value + (random() - 0.5) * by
  const wrapped = (lng: number): number => (lng > 180 ? lng - 360 : lng < -180 ? lng + 360 : lng)
  const kind = random()
  if (kind < 0.5) {
    const [lat, lng] = pick(random, TOWNS)
    return { lat: near(lat, 0.08), lng: wrapped(near(lng, 0.1)) }
  }
  if (kind < 0.6) return { lat: pick(random, [-16.8, 0, 65]), lng: pick(random, [180, -180, 179.9999, -179.9999]) }
  if (kind < 0.75) return { lat: pick(random, [90, -90, 89.9, -89.95, near(89.98, 0.03)]), lng: near(0, 359) }
  if (kind < 0.85) return { lat: pick(random, [0, 45, -45]), lng: pick(random, [0, 90, -90, 45]) }
  return { lat: near(0, 179), lng: near(0, 359) }
}

/** `count` zones with ids in random order; every eighth has the same position as another. */
export function scatteredZones(random: () => number, count: number, prefix = 'z'): PlacedZone[] {
  const zones: PlacedZone[] = []
  for (let i = 0; i < count; i += 1) {
    const twin = i % 8 === 7 ? zones[Math.floor(random() * zones.length)] : undefined
    const { lat, lng } = twin ?? scatteredPlace(random)
    const mixed = ((i * 7_919) % count).toString(36).padStart(7, '0')
    zones.push({
      id: `${prefix}${mixed}`,
      lat,
      lng,
      capacity: random() < 0.2 ? null : 1 + Math.floor(random() * 40),
      fee: pick(random, [null, ...FEES]),
      covered: pick(random, [null, true, false]),
      anchors: pick(random, [null, true, false]),
      surveillance: pick(random, [null, true, false]),
      charging: pick(random, [null, true, false]),
      surface: pick(random, [null, 'asphalt', 'gravel', 'marble dust']),
      openingHours: pick(random, [null, null, '24/7']),
      vehicles: { ...everyVehicle('unknown'), [pick(random, VEHICLES)]: pick(random, MAY_PARK) },
    })
  }
  return zones
}
