/** A zone that a rider could try, on a plane: metres east and north of the destination. */
export type PlanCandidate = {
  readonly east: number
  readonly north: number
  /** Probability in [0, 1] of a space for who rides there straight away; null where nothing is known. */
  readonly chance: number | null
  /** The same {@link LATER_SECONDS} after that; null where nothing is known or it would be the same. */
  readonly chanceLater: number | null
  /** Mean of the free spaces, or null; only orders that are compared with look at it. */
  readonly expectedFree: number | null
}

/** `chanceLater` is that of a rider who comes so many seconds after one who rides there straight away. */
export const LATER_SECONDS = 900

export type PlanRider = {
  /** Where the rider sets off: metres east and north of the destination. */
  readonly east: number
  readonly north: number
  /** Metres a second on the road, from place to place. */
  readonly rideSpeed: number
  /** Metres a second on foot. */
  readonly walkSpeed: number
  /** Road metres over metres in a straight line, and the same on foot. */
  readonly rideDetour: number
  readonly walkDetour: number
  /** Seconds to turn in, look and either park or leave again. */
  readonly stopSeconds: number
  /** What a second on foot counts, beside one until parked: 1 where the rider wants to be there soon, 0 to be parked soon. */
  readonly walkWeight: number
  /** What it still takes, in seconds, when all stops are full: searching at the destination without help. */
  readonly fallbackSeconds: number
}

/**
 * A rider in a town: 20 km/h from place to place, 4.7 km/h on foot. Nothing here knows the streets: they are taken to be longer
 * than straight lines by 1.3 for vehicles, which have one-way streets to mind, and by 1.2 on foot.
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

/** What a plan makes least: the time until parked and walked to the destination, or until parked. */
export const PLAN_AIMS = ['there', 'parked'] as const

/** Zones seen full that a plan heeds, the last seen. */
export const MAX_FULL = 4

/** Most stops that a plan may have. */
export const MAX_STOPS = 5

/** Why a stop is where it is in the plan; the figures that each carries are in {@link PlanReason}. */
export const PLAN_REASONS = [
  'chance',
  'chance-unknown',
  'nearest',
  'nearer-are-likely-full',
  'close-by',
  'full-nearby',
] as const

/**
 * `chance`: at the time of reaching it (`chance`) and the walk from it (`seconds`). `chance-unknown`: nobody has said, and
 * `chance` is a cautious guess. `nearest`: no candidate is nearer to the destination. `nearer-are-likely-full`: of
 * the candidates nearer to the destination that are left out or come later, the best has `chance`; walking from it would save `seconds`.
 * `close-by`: only `metres` on by road from the stop before. `full-nearby`: alone it had `chance`; that the stops before, or
 * zones that the rider has seen, are full makes it less.
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
  /** Seconds and road metres from the place before: the rider's, or the stop before. */
  readonly rideSeconds: number
  readonly rideMetres: number
  readonly walkSeconds: number
  /** Seconds from setting off until the rider is there. */
  readonly arriveSeconds: number
  /** Probability of a space there, given that all stops before were full. */
  readonly chance: number
  /** Whether `chance` rests on something that was seen of this zone. */
  readonly chanceKnown: boolean
  /** Probability that the rider comes here at all. */
  readonly reachedWith: number
  /** Probability of a space here or at a stop before. */
  readonly chanceSoFar: number
  /** Expected seconds from setting off until at the destination, given that all stops before were full. */
  readonly expectedSeconds: number
  readonly reasons: readonly PlanReason[]
}

export type Plan = {
  readonly stops: readonly PlanStop[]
  /** Expected seconds from setting off until parked and walked (by `walkWeight`) to the destination; without any stop, of riding there and searching. */
  readonly expectedSeconds: number
  /** Probability of a space at one of the stops. */
  readonly chance: number
}
