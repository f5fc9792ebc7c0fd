import { seeded } from '#random.ts'
import { buildCity, CITY_SIDE_METRES, type City } from './city.ts'
import { crowdEstimates, type Crowd } from './crowd.ts'
import { simulateTruth, type Truth } from './ground-truth.ts'
import { policies, POLICIES, type PolicyName } from './policies.ts'
import { ride, type Trip } from './ride.ts'
import { PATTERNS, streetMetres, type Pattern } from './streets.ts'

export type PlanEvaluationOptions = {
  readonly seeds: number
  /** Number of bays in the city of 3 km by 3 km. */
  readonly zones: number
  readonly riders: number
  readonly crowd: Crowd
}

/** Means over the riders of one city on one day. */
export type CityScore = {
  readonly pattern: Pattern
  readonly target: number
  /** True share of occupied spaces. */
  readonly occupied: number
  readonly methods: Readonly<Record<PolicyName, MethodScore>>
}

export type MethodScore = {
  /** Mean seconds until parked, and until parked and walked to the destination. */
  readonly parked: number
  readonly there: number
  /** The latter minus riding straight to the destination: searching and walking. */
  readonly beyond: number
  readonly stops: number
  readonly firstFree: number
  readonly gaveUp: number
}

/** Occupied share of the cities by day, in turn. */
export const TARGET_OCCUPANCIES = [0.85, 0.9, 0.95] as const
/** Days of reports before the first trip, and days with trips. */
const LEARN_DAYS = 12
const RIDE_DAYS = 2
const DAY_MINUTES = 1_440
const RIDE_FROM_MINUTE = 600
const RIDE_MINUTES = 480
/** Demand is capped at this value for choosing destinations. */
const MAX_DEMAND = 4
/** Length of trips by street. */
const MIN_RIDE_METRES = 500
const MAX_RIDE_METRES = 1_500

/** Scores the policies in as many cities as there are seeds. */
export function evaluatePlan(
  options: PlanEvaluationOptions,
  progress: (done: number, total: number) => void,
): CityScore[] {
  const scores: CityScore[] = []
  for (let seed = 0; seed < options.seeds; seed += 1) {
    progress(seed, options.seeds)
    scores.push(scoreCity(options, seed))
  }
  progress(options.seeds, options.seeds)
  return scores
}

function scoreCity({ zones, riders, crowd }: PlanEvaluationOptions, seed: number): CityScore {
  const pattern = PATTERNS[Math.floor(seed / TARGET_OCCUPANCIES.length) % PATTERNS.length]
  const target = TARGET_OCCUPANCIES[seed % TARGET_OCCUPANCIES.length]
  const city = buildCity(pattern, zones, seed)
  const truth = simulateTruth(city, target, LEARN_DAYS + RIDE_DAYS, seed)
  const map = crowdEstimates(city, truth, crowd, seed)
  const ways = policies()
  const sums = POLICIES.map(() => ({ parked: 0, there: 0, beyond: 0, stops: 0, firstFree: 0, gaveUp: 0 }))
  for (const trip of makeTrips(city, truth, riders, seed)) {
    map.advance(trip.minute)
    for (const [i, way] of ways.entries()) {
      const outcome = ride(city, truth, map, trip, way)
      sums[i].parked += outcome.parked / riders
      sums[i].there += outcome.there / riders
      sums[i].beyond += outcome.beyond / riders
      sums[i].stops += outcome.stops / riders
      sums[i].firstFree += outcome.stops === 1 && !outcome.gaveUp ? 1 / riders : 0
      sums[i].gaveUp += outcome.gaveUp ? 1 / riders : 0
    }
  }
  const methods = Object.fromEntries(POLICIES.map((name, i) => [name, sums[i]])) as CityScore['methods']
  return { pattern, target, occupied: truth.share, methods }
}

/**
 * Trips by day, ordered by their start. Destinations are drawn by demand, as for the riders who fill the bays, but not at the edge of
 * the city.
 */
function makeTrips({ streets }: City, truth: Truth, riders: number, seed: number): Trip[] {
  const random = seeded(70_000 + seed)
  const inside = Array.from(streets.east.keys()).filter(
    (place) => Math.max(Math.abs(streets.east[place]), Math.abs(streets.north[place])) < 0.65 * (CITY_SIDE_METRES / 2),
  )
  const trips: Trip[] = []
  while (trips.length < riders) {
    const day = LEARN_DAYS + Math.floor(random() * RIDE_DAYS)
    const minute = Math.floor(day * DAY_MINUTES + RIDE_FROM_MINUTE + random() * RIDE_MINUTES)
    const to = inside[Math.floor(random() * inside.length)]
    if (random() * MAX_DEMAND > truth.demandOf(streets.east[to], streets.north[to])(minute)) continue
    const metres = streetMetres(streets, to)
    const starts = Array.from(metres.keys()).filter(
      (place) => metres[place] >= MIN_RIDE_METRES && metres[place] <= MAX_RIDE_METRES,
    )
    if (starts.length === 0) continue
    trips.push({ from: starts[Math.floor(random() * starts.length)], to, minute })
  }
  return trips.toSorted((a, b) => a.minute - b.minute)
}
