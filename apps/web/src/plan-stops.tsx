import type { PlanStopBody } from '@kickstand/contract'
import { useEffect } from 'react'
import type { Point } from './api/client.ts'
import { failureOf } from './api/http.ts'
import type { PlanAsk } from './api/plan.ts'
import { Message } from './app/message.tsx'
import { usePage } from './app/page-context.ts'
import { problemText } from './i18n/problem-words.ts'
import { useI18n } from './i18n/i18n.tsx'
import { usePlanText } from './i18n/use-plan-text.ts'
import { PlanStop } from './plan/plan-stop.tsx'
import { PlanSummary } from './plan/plan-summary.tsx'
import { StopButtons } from './plan/stop-buttons.tsx'
import { viewOfStops } from './plan/stops-view.ts'
import { usePlan } from './plan/use-plan.ts'
import { PlanWithout } from './plan-without.tsx'
import { Button } from './ui/button.tsx'
import type { PlanSteps } from './use-plan-steps.ts'
import { AvailabilityPlate, StateTag } from './zones/availability-plate.tsx'
import { Directions } from './zones/directions.tsx'
import { zoneTitle } from './zones/zone-title.ts'
import { ZoneListSkeleton } from './zones/zone-list.tsx'

type Props = {
  readonly ask: PlanAsk
  /** Where the rider is by now, or is taken to be. */
  readonly from: Point
  readonly steps: PlanSteps
  /** Null where nothing is filtered. */
  readonly clearFilters: (() => void) | null
}

/** The plan itself, or what there is instead. */
export function PlanStops({ ask, from, steps, clearFilters }: Props) {
  const { t, format } = useI18n()
  const p = usePlanText()
  const { now } = usePage()
  const { plan, stops, asking, better, takeBetter, isCutOff, refused, retry } = usePlan(ask, from, now)
  useStopsOnMap(stops, ask.to)
  if (isCutOff && stops.length === 0) {
    return <PlanWithout to={ask.to} full={ask.full} filters={ask.filters} steps={steps} retry={retry} />
  }
  if (refused !== null) {
    return (
      <Message title={p.failedTitle} text={problemText(failureOf(refused), t.locale, format)}>
        <Button onClick={retry}>{t.retry}</Button>
      </Message>
    )
  }
  if (plan === null) return <ZoneListSkeleton label={p.loading} />
  const startAgain = (
    <Button className="min-h-12" onClick={steps.startAgain}>
      {p.startAgain}
    </Button>
  )
  if (stops.length === 0 && !asking) {
    return (
      <Message title={p.noneTitle} text={ask.full.length > 0 ? p.noneFull : p.noneText}>
        {ask.full.length > 0 && startAgain}
        {clearFilters && <Button onClick={clearFilters}>{p.clear}</Button>}
      </Message>
    )
  }
  const first = better?.stops[0]
  return (
    <>
      {asking ? (
        <p role="status" className="rounded-lg border-s-4 border-sign bg-tint p-3 text-lg font-bold">
          {isCutOff ? p.restOffline : p.asking}
        </p>
      ) : (
        <PlanSummary
          plan={plan}
          soonest={ask.soonest}
          better={first === undefined ? null : zoneTitle(first.zone, t)}
          takeBetter={takeBetter}
        />
      )}
      {ask.full.length > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <p className="flex-[1_1_9rem] text-ink-soft">{p.leftOut(ask.full.length, format.count(ask.full.length))}</p>
          {startAgain}
        </div>
      )}
      <ol aria-busy={asking}>
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
                onParked={() => steps.hasParked(stop.zone)}
                onFull={() => steps.wasFull(stop.zone)}
              />
            </PlanStop>
          )
        })}
      </ol>
    </>
  )
}

/** Numbers the stops on the map, and brings them into sight when they are other ones. */
function useStopsOnMap(stops: readonly PlanStopBody[], to: Point): void {
  const { markStops, showOnMap } = usePage()
  const key = stops.map(({ zone }) => zone.id).join()
  useEffect(() => {
    markStops(stops.map(({ zone }) => zone))
    const view = stops.length === 0 ? null : viewOfStops([...stops.map(({ zone }) => zone), to])
    if (view !== null) showOnMap(view)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- figures on the map are those of now anyway: only other stops count
  }, [key, markStops, showOnMap])
}
