import { exponential, normal, seeded, type Random } from '#random.ts'
import { layStreets, streetMetres, type Pattern, type Streets } from './streets.ts'

/** A simulated city: its streets, and motorcycle bays along them. */
export type City = {
  readonly streets: Streets
  readonly bays: readonly Bay[]
  /** Metres by street from each bay to every node of the streets. */
  readonly from: readonly Float64Array[]
}

export type Bay = {
  /** Its node of the street network. */
  readonly place: number
  readonly east: number
  readonly north: number
  readonly capacity: number
}

/** Length of each side of the city. */
export const CITY_SIDE_METRES = 3_000
/** Bays have 3 to 20 spaces, small ones more often. */
const MIN_CAPACITY = 3
const MAX_CAPACITY = 20

/** A simulated city with so many bays. The same seed makes the same city. */
export function buildCity(pattern: Pattern, bays: number, seed: number): City {
  const random = seeded(40_000 + seed)
  const streets = layStreets(pattern, CITY_SIDE_METRES, random)
  const places = Array.from(streets.east.keys()).filter((place) => streets.next[place].length > 0)
  const chosen = Array.from({ length: bays }, (): Bay => {
    const place = places[Math.floor(random() * places.length)]
    const capacity = MIN_CAPACITY + Math.floor((MAX_CAPACITY - MIN_CAPACITY + 1) * random() ** 1.6)
    // Somewhere along the street from the crossing.
    const shift = (): number => (random() - 0.5) * 30
    return { place, east: streets.east[place] + shift(), north: streets.north[place] + shift(), capacity }
  })
  return { streets, bays: chosen, from: chosen.map(({ place }) => streetMetres(streets, place)) }
}

/** A smooth random field over the city: normal at each place, correlated within some `length` metres. */
export type Surface = (east: number, north: number) => number

const WAVE_COUNT = 40

/** A smooth random function of the place, with variance 1; `length` (metres) is the distance over which it changes. */
export function randomSurface(length: number, random: Random): Surface {
  const waves = Array.from({ length: WAVE_COUNT }, () => ({
    x: normal(random) / length,
    y: normal(random) / length,
    phase: 2 * Math.PI * random(),
  }))
  return (east, north) => {
    let sum = 0
    for (const { x, y, phase } of waves) sum += Math.cos(x * east + y * north + phase)
    return sum * Math.sqrt(2 / WAVE_COUNT)
  }
}

/** A Poisson number for a small mean. */
export function poisson(mean: number, random: Random): number {
  let count = 0
  for (let at = exponential(random); at < mean; at += exponential(random)) count += 1
  return count
}
