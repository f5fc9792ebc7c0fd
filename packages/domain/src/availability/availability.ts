import type { Level } from '../reports/report.ts'

/** The published state. `unknown` is a state of its own: never 0 and never free. */
export const STATES = ['plenty', 'some', 'few', 'full', 'unknown', 'closed'] as const
export type AvailabilityState = (typeof STATES)[number]

/** The source of the figures: the newest input that still has weight in them. */
export const AVAILABILITY_SOURCES = ['rider', 'sensor', 'operator', 'history', 'none'] as const
export type AvailabilitySource = (typeof AVAILABILITY_SOURCES)[number]

/** What the estimate expects of a zone some minutes from now. */
export type ExpectedSoon = {
  readonly minutes: number
  readonly state: AvailabilityState
  readonly chance: number
}

/** The newest publishable sighting (a count or a level) of a zone, while it determines the published state. */
export type Latest = {
  readonly kind: 'count' | 'level'
  /** Bikes that were counted. */
  readonly count: number | null
  readonly level: Level | null
  /** Epoch milliseconds. */
  readonly observedAt: number
  readonly source: 'rider' | 'sensor'
  /** Whether the estimate alone gives the same state. */
  readonly agrees: boolean
  /** What the estimate expects soon; null where nothing is known. */
  readonly expected: ExpectedSoon | null
}

/**
 * An estimate as published. Figures are `null` where nothing is known; `expectedFree` and its 80 % range are also `null`
 * while the capacity is unknown. `chance` is the probability in [0, 1] that at least one space is free at the time asked.
 */
export type Availability = {
  readonly state: AvailabilityState
  readonly expectedFree: number | null
  readonly freeLow: number | null
  readonly freeHigh: number | null
  readonly chance: number | null
  /** Epoch milliseconds of the newest observation that still counts. */
  readonly observedAt: number | null
  readonly source: AvailabilitySource
  /** Number of reports behind the figures (those of the last day). */
  readonly reports: number
  /** Whether these reports contradict one another. */
  readonly reportsDisagree: boolean
  /** Whether more bikes were counted than the published capacity. The free spaces are never more than that capacity. */
  readonly capacityDoubted: boolean
  /** Null without a recent sighting: state and figures are then the estimate's. */
  readonly latest: Latest | null
}
