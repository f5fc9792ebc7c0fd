import { failureOf } from '@kickstand/client'
import type { PlanBody, PlanStopBody } from '@kickstand/contract'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Point } from '../api/client.ts'
import { planQuery, type PlanRequest } from '../api/plan.ts'

/** Offline, an older plan is no longer shown. */
const MAX_OFFLINE_PLAN_AGE_MS = 10 * 60_000
/**
 * After this time without an answer the page counts as offline: in a dead spot a request may hang instead of failing.
 */
const SLOW_REQUEST_MS = 2_500

export type ShownPlan = {
  /** The plan to show; null until there is an answer. Its order changes only when the rider accepts a better one. */
  readonly plan: PlanBody | null
  /** Its stops, without those found full since. */
  readonly stops: readonly PlanStopBody[]
  /** The shown plan answers an earlier request; the new one is loading or cannot be loaded. */
  readonly isLoading: boolean
  /** A plan in another order that is now better; null if there is none. */
  readonly better: PlanBody | null
  readonly takeBetter: () => void
  /** The server cannot be reached. */
  readonly isOffline: boolean
  /** The server's rejection; null if there is none. */
  readonly rejection: Error | null
  readonly retry: () => void
}

type Shown = { readonly key: string; readonly trip: string; readonly plan: PlanBody }

/**
 * Loads a plan and refetches it. Figures update by themselves; the order changes only when the rider accepts it. `now`
 * is epoch milliseconds by the server's clock.
 */
export function usePlan(request: PlanRequest, from: Point, now: number): ShownPlan {
  const key = JSON.stringify(request)
  const trip = JSON.stringify({ ...request, full: [] })
  const query = useQuery(planQuery(request, from))
  const [kept, setShown] = useState<Shown | null>(null)
  const fresh = query.data ?? null
  const isAnother = fresh !== null && kept?.key === key && idsOf(fresh) !== idsOf(kept.plan)
  if (fresh !== null && !isAnother && (kept?.key !== key || kept.plan !== fresh)) setShown({ key, trip, plan: fresh })

  const isSlow = useSlow(key, fresh === null)
  const failure = query.failureReason ?? query.error
  const isOffline = failure === null ? isSlow : failureOf(failure).kind === 'unreachable'
  // An earlier plan for the same trip is still valid without the stops found full; offline, only for a while.
  const isValid = kept?.trip === trip && !(isOffline && now - Date.parse(kept.plan.asOf) > MAX_OFFLINE_PLAN_AGE_MS)
  const plan = isValid ? kept.plan : null
  return {
    plan,
    stops: plan?.stops.filter(({ zone }) => !request.full.includes(zone.id)) ?? [],
    isLoading: kept?.key !== key,
    better: isAnother ? fresh : null,
    takeBetter: () => {
      if (fresh !== null) setShown({ key, trip, plan: fresh })
    },
    isOffline,
    rejection: isOffline || fresh !== null ? null : failure,
    retry: () => void query.refetch(),
  }
}

/** Whether the request `key` has had no answer for `SLOW_REQUEST_MS`. */
function useSlow(key: string, isWaiting: boolean): boolean {
  const [slow, setSlow] = useState<string | null>(null)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => setSlow(key), SLOW_REQUEST_MS)
    return () => clearTimeout(timer)
  }, [key, isWaiting])
  return isWaiting && slow === key
}

/** The zone ids of a plan in order, to compare plans. */
export function idsOf(plan: PlanBody): string {
  return plan.stops.map(({ zone }) => zone.id).join()
}
