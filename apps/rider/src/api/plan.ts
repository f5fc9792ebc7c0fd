import { planCalls } from '@kickstand/client'
import type { PlanQuery } from '@kickstand/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from './call.ts'
import type { Point } from './client.ts'
import { serverNow } from './server-clock.ts'
import type { ZoneFilters } from './zone-filters.ts'

/** The inputs of a plan, and its query key. */
export type PlanRequest = {
  /** The destination. */
  readonly to: Point
  /** Minutes until the rider sets off. */
  readonly minutesToDeparture: number
  readonly filters: ZoneFilters
  /** Ids of zones found full, the latest last. */
  readonly full: readonly string[]
  /** Minimise the time until parked and ignore the walk. */
  readonly soonest: boolean
  /** Whether the plan starts at the rider's current position. */
  readonly ownPosition: boolean
}

const MAX_STOPS = 3
const MINUTE_MS = 60_000
/** An open plan is refetched at this interval. */
const REFETCH_INTERVAL_MS = 10_000

/** The plan for a rider who is now at `from`. */
export function planQuery(request: PlanRequest, from: Point) {
  const { to, minutesToDeparture, filters, full, soonest } = request
  return queryOptions({
    queryKey: ['plan', request],
    queryFn: ({ signal }) => {
      const query: PlanQuery = {
        lat: from.lat,
        lng: from.lng,
        toLat: to.lat,
        toLng: to.lng,
        limit: MAX_STOPS,
        ...filters,
        ...(minutesToDeparture === 0
          ? {}
          : { at: new Date(serverNow() + minutesToDeparture * MINUTE_MS).toISOString() }),
        ...(full.length === 0 ? {} : { full: full.join(',') }),
        ...(soonest ? { until: 'parked' } : {}),
      }
      return planCalls(call).getPlan(query, signal)
    },
    refetchInterval: REFETCH_INTERVAL_MS,
  })
}
