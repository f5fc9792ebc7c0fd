import type { PlanBody, PlanStopBody } from '@kickstand/contract'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Point } from '../api/client.ts'
import { failureOf } from '../api/http.ts'
import { planQuery, type PlanAsk } from '../api/plan.ts'

/** A plan older than this is no plan any more where the server cannot be reached. */
const LIVES_MS = 10 * 60_000
/** A dead spot often swallows a request without a word. */
const PATIENCE_MS = 2_500

export type ShownPlan = {
  /** What to show; null until there is an answer. The order stays as the rider has read it until another is asked for. */
  readonly plan: PlanBody | null
  /** Its stops, less those found full since. */
  readonly stops: readonly PlanStopBody[]
  /** The plan shown answers an earlier question; the new one is on its way, or cannot be had. */
  readonly asking: boolean
  /** A plan in another order that would be better by now. */
  readonly better: PlanBody | null
  readonly takeBetter: () => void
  /** The server cannot be reached. */
  readonly isCutOff: boolean
  /** What the server said instead of a plan. */
  readonly refused: Error | null
  readonly retry: () => void
}

type Shown = { readonly key: string; readonly trip: string; readonly plan: PlanBody }

/**
 * Asks for a plan and goes on asking: figures follow by themselves, the order only when the rider says so. `now` is epoch
 * milliseconds by the server's clock.
 */
export function usePlan(ask: PlanAsk, from: Point, now: number): ShownPlan {
  const key = JSON.stringify(ask)
  const trip = JSON.stringify({ ...ask, full: [] })
  const query = useQuery(planQuery(ask, from))
  const [kept, setShown] = useState<Shown | null>(null)
  const fresh = query.data ?? null
  const isAnother = fresh !== null && kept?.key === key && idsOf(fresh) !== idsOf(kept.plan)
  if (fresh !== null && !isAnother && (kept?.key !== key || kept.plan !== fresh)) setShown({ key, trip, plan: fresh })

  const isSlow = useSlow(key, fresh === null)
  const failure = query.failureReason ?? query.error
  const isCutOff = failure === null ? isSlow : failureOf(failure).kind === 'unreachable'
  // Of an earlier plan for the same trip the stops behind those found full still hold, and for a while without a network.
  const holds = kept?.trip === trip && !(isCutOff && now - Date.parse(kept.plan.asOf) > LIVES_MS)
  const plan = holds ? kept.plan : null
  return {
    plan,
    stops: plan?.stops.filter(({ zone }) => !ask.full.includes(zone.id)) ?? [],
    asking: kept?.key !== key,
    better: isAnother ? fresh : null,
    takeBetter: () => {
      if (fresh !== null) setShown({ key, trip, plan: fresh })
    },
    isCutOff,
    refused: isCutOff || fresh !== null ? null : failure,
    retry: () => void query.refetch(),
  }
}

/** Whether the answer to the question `key` has been waited for long enough. */
function useSlow(key: string, isWaiting: boolean): boolean {
  const [slow, setSlow] = useState<string | null>(null)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => setSlow(key), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [key, isWaiting])
  return isWaiting && slow === key
}

/** The order of a plan, to tell one from another. */
export function idsOf(plan: PlanBody): string {
  return plan.stops.map(({ zone }) => zone.id).join()
}
