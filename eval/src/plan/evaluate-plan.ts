import { seeded } from '#random.ts'
import { buildCity, SIDE, type City } from './city.ts'
import { crowdEstimates, type Crowd } from './crowd.ts'
import { simulateTruth, type Truth } from './hidden-truth.ts'
import { policies, POLICIES, type PolicyName } from './policies.ts'
import { ride, type Trip } from './ride.ts'
import { PATTERNS, streetMetres, type Pattern } from './streets.ts'

export type PlanEvaluationOptions = {
  readonly seeds: number
  /** Bays in the city of 2 km by 2 km. */
  readonly zones: number
  readonly riders: number
  readonly crowd: Crowd
}

/** Means over the riders of one city on one day. */
export type CityScore = {
  readonly pattern: Pattern
  readonly target: number
  /** Share of all spaces that was really occupied. */
  readonly occupied: number
  readonly methods: Readonly<Record<PolicyName, MethodScore>>
}

export type MethodScore = {
  /** Mean seconds until parked, and until parked and walked to the destination. */
  readonly parked: number
  readonly there: number
  /** Of the latter, beyond riding straight to the destination: searching and walking. */
  readonly beyond: number
  readonly stops: number
  readonly firstFree: number
  readonly gaveUp: number
}

/** Cities are so full, in turn. */
export const TARGETS = [0.85, 0.9, 0.95] as const
/** Days of reports before the first rider sets off, and days on which they ride. */
const LEARN_DAYS = 12
const RIDE_DAYS = 2
const DAY = 1_440
const DAY_FROM = 600
const DAY_MINUTES = 480
/** Beyond this, places are wanted no more than that. */
const MOST_DEMAND = 4
/** Metres by street from where they set off. */
const RIDE_FROM = 500
const RIDE_TO = 1_500

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
  const pattern = PATTERNS[Math.floor(seed / TARGETS.length) % PATTERNS.length]
  const target = TARGETS[seed % TARGETS.length]
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
 * Riders by day, in the order they set off. They go where demand is, as those who fill the bays do; places at the edge of the
 * city are nobody's destination.
 */
function makeTrips({ streets }: City, truth: Truth, riders: number, seed: number): Trip[] {
  const random = seeded(70_000 + seed)
  const inside = Array.from(streets.east.keys()).filter(
    (place) => Math.max(Math.abs(streets.east[place]), Math.abs(streets.north[place])) < 0.65 * (SIDE / 2),
  )
  const trips: Trip[] = []
  while (trips.length < riders) {
    const day = LEARN_DAYS + Math.floor(random() * RIDE_DAYS)
    const minute = Math.floor(day * DAY + DAY_FROM + random() * DAY_MINUTES)
    const to = inside[Math.floor(random() * inside.length)]
    if (random() * MOST_DEMAND > truth.demandOf(streets.east[to], streets.north[to])(minute)) continue
    const metres = streetMetres(streets, to)
    const starts = Array.from(metres.keys()).filter((place) => metres[place] >= RIDE_FROM && metres[place] <= RIDE_TO)
    if (starts.length === 0) continue
    trips.push({ from: starts[Math.floor(random() * starts.length)], to, minute })
  }
  return trips.toSorted((a, b) => a.minute - b.minute)
}
