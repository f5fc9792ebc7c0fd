/** A zone that a rider could try, on a plane: metres east and north of the destination. */
export type PlanCandidate = {
  readonly east: number
  readonly north: number
  /** Probability in [0, 1] of a space for a rider who goes there directly; null where nothing is known. */
  readonly chance: number | null
  /** The same, {@link LATER_SECONDS} later; null where nothing is known or it is the same. */
  readonly chanceLater: number | null
  /** Mean of the free spaces, or null; only used by the orders that plans are compared with. */
  readonly expectedFree: number | null
}

/** `chanceLater` is for a rider who arrives so many seconds later than one who goes there directly. */
export const LATER_SECONDS = 900

export type PlanRider = {
  /** Start of the rider: metres east and north of the destination. */
  readonly east: number
  readonly north: number
  /** Metres per second on the road, door to door. */
  readonly rideSpeed: number
  /** Metres per second on foot. */
  readonly walkSpeed: number
  /** Road metres over metres in a straight line, and the same on foot. */
  readonly rideDetour: number
  readonly walkDetour: number
  /** Seconds to turn in, look, and park or leave again. */
  readonly stopSeconds: number
  /** Weight of a second on foot, relative to a second until parked: 1 to arrive soon, 0 to be parked soon. */
  readonly walkWeight: number
  /** Seconds of searching at the destination when all stops are full. */
  readonly fallbackSeconds: number
}

/**
 * A rider in a town: 20 km/h door to door, 4.7 km/h on foot. Streets are not known here; distances are assumed to be longer than
 * straight lines by a factor of 1.3 for vehicles (one-way streets) and 1.2 on foot.
 */
export const TOWN_RIDER: Omit<PlanRider, 'east' | 'north'> = {
  rideSpeed: 5.6,
  walkSpeed: 1.3,
  rideDetour: 1.3,
  walkDetour: 1.2,
  stopSeconds: 30,
  walkWeight: 1,
  fallbackSeconds: 900,
}

/** What a plan minimizes: the time until parked and walked to the destination, or until parked. */
export const PLAN_AIMS = ['there', 'parked'] as const

/** Maximum number of zones seen full that a plan considers, the latest ones. */
export const MAX_FULL_ZONES = 4

/** Maximum number of stops of a plan. */
export const MAX_STOPS = 5

/** Reasons for a stop of a plan; their figures are described in {@link PlanReason}. */
export const PLAN_REASONS = [
  'chance',
  'chance-unknown',
  'nearest',
  'nearer-are-likely-full',
  'close-by',
  'full-nearby',
] as const

/**
 * `chance`: the chance on arrival and the walk from it (`seconds`). `chance-unknown`: there is no estimate; `chance` is a cautious
 * guess. `nearest`: no candidate is nearer to the destination. `nearer-are-likely-full`: the best of the candidates with a shorter
 * walk that are left out or come later has `chance`; walking from it would save `seconds`. `close-by`: only `metres` by road from
 * the stop before. `full-nearby`: alone it would have `chance`; the full stops before, or zones the rider saw full, lower it.
 */
export type PlanReason = {
  readonly code: (typeof PLAN_REASONS)[number]
  readonly chance: number | null
  readonly metres: number | null
  readonly seconds: number | null
}

export type PlanStop = {
  /** Index of the candidate. */
  readonly candidate: number
  /** Seconds and road metres from the start or the stop before. */
  readonly rideSeconds: number
  readonly rideMetres: number
  readonly walkSeconds: number
  /** Seconds from the start until arrival. */
  readonly arriveSeconds: number
  /** Probability of a space there, given that all stops before were full. */
  readonly chance: number
  /** Whether `chance` is from an estimate of this zone. */
  readonly chanceKnown: boolean
  /** Probability that the rider reaches this stop. */
  readonly reachedWith: number
  /** Probability of a space here or at a stop before. */
  readonly chanceSoFar: number
  /** Expected seconds from the start until at the destination, given that all stops before were full. */
  readonly expectedSeconds: number
  readonly reasons: readonly PlanReason[]
}

export type Plan = {
  readonly stops: readonly PlanStop[]
  /** Expected seconds from the start until parked and walked (by `walkWeight`) to the destination; without stops, of riding there and searching. */
  readonly expectedSeconds: number
  /** Probability of a space at one of the stops. */
  readonly chance: number
}
