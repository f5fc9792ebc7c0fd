import { failureOf } from '@kickstand/client'
import type { PlanStopBody } from '@kickstand/contract'
import { Button, Message } from '@kickstand/ui'
import { useEffect } from 'react'
import { useErrorText, useI18n, usePageText } from '#i18n/i18n.ts'
import type { Point } from '#api/client.ts'
import type { PlanRequest } from '#api/plan.ts'
import { useShellState } from '#shell/shell-state.ts'
import { problemText } from '#i18n/problem-words.ts'
import { PlanStop } from '#plan/plan-stop.tsx'
import { PlanSummary } from '#plan/plan-summary.tsx'
import { StopButtons } from '#plan/stop-buttons.tsx'
import { viewOfStops } from '#plan/stops-view.ts'
import { usePlan } from '#plan/use-plan.ts'
import { PlanOffline } from './plan-offline.tsx'
import type { PlanSteps } from './use-plan-steps.ts'
import { AvailabilityPlate, StateTag } from '#zones/availability-plate.tsx'
import { Directions } from '#zones/directions.tsx'
import { zoneTitle } from '#zones/zone-title.ts'
import { ZoneListSkeleton } from '#zones/zone-list.tsx'

type Props = {
  readonly request: PlanRequest
  /** The rider's position, or the assumed one. */
  readonly from: Point
  readonly steps: PlanSteps
  /** Null if no filter is active. */
  readonly clearFilters: (() => void) | null
}

/** The stops of the plan, or a message if there is none. */
export function PlanStops({ request, from, steps, clearFilters }: Props) {
  const { t } = useI18n()
  const p = usePageText()
  const errorText = useErrorText()
  const { now } = useShellState()
  const { plan, stops, isLoading, better, takeBetter, isOffline, rejection, retry } = usePlan(request, from, now)
  useStopsOnMap(stops, request.to)
  if (isOffline && stops.length === 0) {
    return <PlanOffline to={request.to} full={request.full} filters={request.filters} steps={steps} retry={retry} />
  }
  if (rejection !== null) {
    return (
      <Message title={p('plan.failedTitle')} text={problemText(failureOf(rejection), errorText)}>
        <Button onClick={retry}>{t('error.retry')}</Button>
      </Message>
    )
  }
  if (plan === null) return <ZoneListSkeleton label={p('plan.loading')} />
  const startAgain = (
    <Button className="min-h-12" onClick={steps.startAgain}>
      {p('plan.startAgain')}
    </Button>
  )
  if (stops.length === 0 && !isLoading) {
    return (
      <Message title={p('plan.noneTitle')} text={p(request.full.length > 0 ? 'plan.noneFull' : 'plan.noneText')}>
        {request.full.length > 0 && startAgain}
        {clearFilters && <Button onClick={clearFilters}>{p('filters.clear')}</Button>}
      </Message>
    )
  }
  const first = better?.stops[0]
  return (
    <>
      {isLoading ? (
        <p role="status" className="rounded-lg border-s-4 border-sign bg-tint p-3 text-lg font-bold">
          {p(isOffline ? 'plan.restOffline' : 'plan.asking')}
        </p>
      ) : (
        <PlanSummary
          plan={plan}
          soonest={request.soonest}
          better={first === undefined ? null : zoneTitle(first.zone, t)}
          takeBetter={takeBetter}
        />
      )}
      {request.full.length > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <p className="flex-[1_1_9rem] text-ink-soft">{p('plan.leftOut', { n: request.full.length })}</p>
          {startAgain}
        </div>
      )}
      <ol aria-busy={isLoading}>
        {stops.map((stop, i) => {
          const title = zoneTitle(stop.zone, t)
          return (
            <PlanStop
              key={stop.zone.id}
              stop={stop}
              number={i + 1}
              title={title}
              plate={<AvailabilityPlate availability={stop.zone.availability} now={now} />}
              state={<StateTag state={stop.zone.availability.state} />}
            >
              {i === 0 && !stop.zone.simulated && <Directions zone={stop.zone} title={title} />}
              <StopButtons
                title={title}
                onParked={() => steps.reportParked(stop.zone)}
                onFull={() => steps.reportFull(stop.zone)}
              />
            </PlanStop>
          )
        })}
      </ol>
    </>
  )
}

/** Numbers the stops on the map, and shows them all when they change. */
function useStopsOnMap(stops: readonly PlanStopBody[], to: Point): void {
  const { markStops, showOnMap } = useShellState()
  const key = stops.map(({ zone }) => zone.id).join()
  useEffect(() => {
    markStops(stops.map(({ zone }) => zone))
    const view = stops.length === 0 ? null : viewOfStops([...stops.map(({ zone }) => zone), to])
    if (view !== null) showOnMap(view)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the map shows live figures anyway, so only a change of stops matters
  }, [key, markStops, showOnMap])
}
