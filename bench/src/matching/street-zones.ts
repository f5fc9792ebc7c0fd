import { everyVehicle, UNKNOWN_FACTS, type SourceZone } from '@kickstand/domain'

/** Distance between crossings. */
const BLOCK_METRES = 120
const METRES_PER_DEGREE = 111_195
const SOUTH = 40
const WEST = -3.8
const STREETS_PER_NAME = 400

/**
 * A city of streets in a grid with about two zones per block, on both sides, each with a street name, a house number and a capacity,
 * like the list of a city. Yields `count` zones; reproducible for the same `random`.
 */
export function* streetZones(count: number, random: () => number): Generator<SourceZone> {
  const columns = Math.ceil(Math.sqrt(count / 2))
  for (let i = 0; i < count; i += 1) {
    const block = Math.floor(i / 2)
    const [column, row] = [block % columns, Math.floor(block / columns)]
    // Along the street, 7 m to one side or the other.
    const east = column * BLOCK_METRES + 15 + random() * (BLOCK_METRES - 30)
    const north = row * BLOCK_METRES + (i % 2 === 0 ? 7 : -7)
    const number = 2 * (column * 10 + Math.floor(random() * 5)) + (i % 2)
    const name = `${row % STREETS_PER_NAME}th Street ${number}`
    yield zone(`s${i}`, SOUTH + north / METRES_PER_DEGREE, east, name, 2 + Math.floor(random() * 14))
  }
}

/** The same zones in another source: moved by up to 8 m, one in three without a name, capacities off by up to one, one in ten missing. */
export function* secondListOf(zones: Iterable<SourceZone>, random: () => number): Generator<SourceZone> {
  for (const { ref, facts } of zones) {
    if (random() < 0.1) continue
    const [angle, metres] = [random() * 2 * Math.PI, random() * 8]
    const name = random() < 0.33 ? null : (facts.name ?? '').replace('Street', 'St')
    const capacity = (facts.capacity ?? 1) + Math.floor(random() * 3) - 1
    const perLng = METRES_PER_DEGREE * Math.cos((facts.lat * Math.PI) / 180)
    const lat = facts.lat + (Math.sin(angle) * metres) / METRES_PER_DEGREE
    yield {
      ref: `e${ref}`,
      facts: { ...facts, name, capacity, lat, lng: facts.lng + (Math.cos(angle) * metres) / perLng },
    }
  }
}

function zone(ref: string, lat: number, east: number, name: string, capacity: number): SourceZone {
  const lng = WEST + east / (METRES_PER_DEGREE * Math.cos((SOUTH * Math.PI) / 180))
  return { ref, facts: { ...UNKNOWN_FACTS, vehicles: everyVehicle('unknown'), lat, lng, name, capacity, kind: 'bay' } }
}
