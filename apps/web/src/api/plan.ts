import { paths, type PlanBody } from '@kickstand/contract'
import { queryOptions } from '@tanstack/react-query'
import type { Point } from './client.ts'
import { call } from './http.ts'
import { serverNow } from './server-clock.ts'
import type { ZoneFilters } from './zone-filters.ts'

/** What a plan is for; another of it is another plan. */
export type PlanAsk = {
  /** The destination. */
  readonly to: Point
  /** Minutes until the rider sets off. */
  readonly ahead: number
  readonly filters: ZoneFilters
  /** Ids of zones just seen full, the last seen last. */
  readonly full: readonly string[]
  /** However far to walk. */
  readonly soonest: boolean
  /** Whether it begins at the rider's own position, wherever that is by now. */
  readonly ownPosition: boolean
}

const STOPS = 3
const MINUTE = 60_000
/** So often what has changed is asked for while a plan is looked at. */
const AGAIN_MS = 10_000

/** The plan for a rider who is at `from` by now. */
export function planQuery(ask: PlanAsk, from: Point) {
  const { to, ahead, filters, full, soonest } = ask
  return queryOptions({
    queryKey: ['plan', ask],
    queryFn: ({ signal }): Promise<PlanBody> =>
      call(paths.plan(), {
        query: {
          lat: from.lat,
          lng: from.lng,
          toLat: to.lat,
          toLng: to.lng,
          limit: STOPS,
          ...filters,
          ...(ahead === 0 ? {} : { at: new Date(serverNow() + ahead * MINUTE).toISOString() }),
          ...(full.length === 0 ? {} : { full: full.join(',') }),
          ...(soonest ? { until: 'parked' } : {}),
        },
        signal,
      }),
    refetchInterval: AGAIN_MS,
  })
}
