import { Button } from '@kickstand/ui'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { parsePoint } from '#api/point.ts'
import { activeFilters } from '#api/zone-filters.ts'
import { useShellState } from '#shell/shell-state.ts'
import { placeOf } from '#shell/view.ts'
import { LocateButton, RiderNote } from '#shell/rider-note.tsx'
import { PlanDone } from './plan-done.tsx'
import { PlanStops } from './plan-stops.tsx'
import { PlanHeading } from '#plan/plan-heading.tsx'
import { usePlanSteps } from './use-plan-steps.ts'
import { distanceBetween } from '#zones/distances.ts'
import { ZoneListSkeleton } from '#zones/zone-list.tsx'

/** Up to this distance the rider is at the destination. */
const AT_DESTINATION_METRES = 80

/** The plan: which zones to try, in order. Shown instead of the list. */
export function PlanPage() {
  const { t, format } = useI18n()
  const p = usePageText()
  const { centre, ahead, rider, locate, filter } = useShellState()
  const search = useSearch({ strict: false })
  const steps = usePlanSteps()
  const { filters } = filter
  useEffect(() => {
    document.title = p('app.title', { page: t('list.tryFirst') })
  }, [t, p])
  // The address holds the destination rounded. A rider who comes from the list has the exact one, also after the map
  // moves.
  const [listCentre] = useState(centre)
  const to = listCentre !== null && placeOf(listCentre) === search.to ? listCentre : (parsePoint(search.to) ?? centre)
  if (to === null) return <ZoneListSkeleton label={p('plan.loading')} />
  const className = steps.isSettling ? 'pointer-events-none' : ''
  if (search.parked !== undefined) {
    return (
      <div className={className}>
        <PlanDone id={search.parked} />
      </div>
    )
  }
  const { position } = rider
  const last = parsePoint(search.from)
  const origin =
    position !== null
      ? distanceBetween(position, to) < AT_DESTINATION_METRES
        ? 'plan.fromYou'
        : 'plan.fromYouTo'
      : last === null
        ? 'plan.fromPlace'
        : 'plan.fromLast'
  const about = [
    p(origin),
    ...(ahead === 0 ? [] : [p('plan.setOff', { minutes: format.minutes(ahead) })]),
    t(`vehicle.${filters.vehicle}`),
    ...activeFilters(filters).map((name) => t(`filter.${name}`)),
  ]
  const request = {
    to,
    minutesToDeparture: ahead,
    filters,
    full: steps.full,
    soonest: steps.soonest,
    ownPosition: position !== null,
  }
  return (
    <div className={`grid gap-3 px-3 pb-4 wide:pt-2 ${className}`}>
      <PlanHeading about={about.join(' · ')} step={search.full ?? ''} />
      <PlanStops
        request={request}
        from={position ?? last ?? to}
        steps={steps}
        clearFilters={activeFilters(filters).length > 0 ? filter.clear : null}
      />
      <div className="flex flex-wrap gap-2">
        <Button
          variant={steps.soonest ? 'primary' : 'plain'}
          className="min-h-12"
          aria-pressed={steps.soonest}
          onClick={steps.toggleSoonest}
        >
          <span aria-hidden="true">{steps.soonest ? '✓' : '+'}</span>
          {p('plan.soonest')}
        </Button>
        {position === null && <LocateButton rider={rider} locate={locate} />}
      </div>
      <RiderNote status={rider.status} />
      <p className="text-sm text-ink-soft">{p('plan.straight')}</p>
    </div>
  )
}
