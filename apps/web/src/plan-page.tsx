import { useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { parsePoint } from './api/point.ts'
import { activeFilters } from './api/zone-filters.ts'
import { usePage } from './app/page-context.ts'
import { placeOf } from './app/view.ts'
import { LocateButton, RiderNote } from './app/rider-note.tsx'
import { useI18n } from './i18n/i18n.tsx'
import { usePlanText } from './i18n/use-plan-text.ts'
import { PlanParked } from './plan-parked.tsx'
import { PlanStops } from './plan-stops.tsx'
import { PlanHeading } from './plan/plan-heading.tsx'
import { Button } from './ui/button.tsx'
import { usePlanSteps } from './use-plan-steps.ts'
import { distanceBetween } from './zones/distances.ts'
import { ZoneListSkeleton } from './zones/zone-list.tsx'

/** The rider is at the destination while it is no farther than this. */
const THERE_METRES = 80

/** What to try first, then, for where the list was; in the place of the list. */
export function PlanPage() {
  const { t, format } = useI18n()
  const p = usePlanText()
  const { centre, ahead, rider, locate, filter } = usePage()
  const search = useSearch({ strict: false })
  const steps = usePlanSteps()
  const { filters } = filter
  useEffect(() => {
    document.title = `${t.tryFirst} · Kickstand`
  }, [t])
  // The address keeps the place coarsely. Who comes from the list has the exact one, and keeps it while the map moves on.
  const [begun] = useState(centre)
  const to = begun !== null && placeOf(begun) === search.to ? begun : (parsePoint(search.to) ?? centre)
  if (to === null) return <ZoneListSkeleton label={p.loading} />
  const settling = steps.isSettling ? 'pointer-events-none' : ''
  if (search.parked !== undefined) {
    return (
      <div className={settling}>
        <PlanParked id={search.parked} />
      </div>
    )
  }
  const { position } = rider
  const last = parsePoint(search.from)
  const where =
    position !== null
      ? distanceBetween(position, to) < THERE_METRES
        ? p.fromYou
        : p.fromYouTo
      : last === null
        ? p.fromPlace
        : p.fromLast
  const about = [
    where,
    ...(ahead === 0 ? [] : [p.setOff(format.minutes(ahead))]),
    t.vehicles[filters.vehicle],
    ...activeFilters(filters).map((name) => t.filters.names[name]),
  ]
  const ask = { to, ahead, filters, full: steps.full, soonest: steps.soonest, ownPosition: position !== null }
  return (
    <div className={`grid gap-3 px-3 pb-4 wide:pt-2 ${settling}`}>
      <PlanHeading about={about.join(' · ')} step={search.full ?? ''} />
      <PlanStops
        ask={ask}
        from={position ?? last ?? to}
        steps={steps}
        clearFilters={activeFilters(filters).length > 0 ? filter.clear : null}
      />
      <div className="flex flex-wrap gap-2">
        <Button
          look={steps.soonest ? 'primary' : 'plain'}
          className="min-h-12"
          aria-pressed={steps.soonest}
          onClick={steps.toggleSoonest}
        >
          <span aria-hidden="true">{steps.soonest ? '✓' : '+'}</span>
          {p.soonest}
        </Button>
        {position === null && <LocateButton rider={rider} locate={locate} />}
      </div>
      <RiderNote status={rider.status} />
      <p className="text-sm text-ink-soft">{p.straight}</p>
    </div>
  )
}
