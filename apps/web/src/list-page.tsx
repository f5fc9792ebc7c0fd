import type { NearbyZoneBody } from '@kickstand/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { NEARBY_LIMIT } from './api/client.ts'
import { placeOf } from './app/view.ts'
import { COUNTED_AT_MOST, nearbyQuery, widenedQuery } from './api/queries.ts'
import { activeFilters, passesFilters } from './api/zone-filters.ts'
import { Command } from './app/command.tsx'
import { Message } from './app/message.tsx'
import { usePage } from './app/page-context.ts'
import { LocateButton, RiderNote } from './app/rider-note.tsx'
import { LiveDot } from './app/status-line.tsx'
import { AddPlaceSlot } from './lazy-contributions.tsx'
import { FilterBar, FilteredOut } from './filters/filter-bar.tsx'
import { useI18n } from './i18n/i18n.tsx'
import { QuickReport } from './reports/quick-report.tsx'
import { pages } from './paths.ts'
import { Button, buttonClass } from './ui/button.tsx'
import { Icon } from './ui/icon.tsx'
import { distanceBetween } from './zones/distances.ts'
import { zoneTitle } from './zones/zone-title.ts'
import { preloadAfterList } from './after-list-slots.tsx'
import { ZoneList, ZoneListSkeleton } from './zones/zone-list.tsx'

/** The list is "near you" while its middle is no farther than this from the rider. */
const NEAR_YOU_METRES = 80
/** So close to a zone a rider is taken to stand there. */
const HERE_METRES = 120

/** The first screen: the nearest zones, complete without any map. */
export function ListPage() {
  const { t } = useI18n()
  const { centre, rider, locate, live, ahead, filter, isPlacing } = usePage()
  useListOnMap()
  useEffect(() => {
    document.title = 'Kickstand'
  }, [])
  useEffect(preloadAfterList, [])
  const nearRider =
    rider.position !== null && centre !== null && distanceBetween(rider.position, centre) < NEAR_YOU_METRES
  return (
    <div className="grid gap-2.5 px-3 pb-2 wide:pt-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <div className="flex-[1_1_9rem]">
          <h2 className="text-lg leading-tight">{nearRider ? t.nearYou : t.nearMiddle}</h2>
          {ahead === 0 ? <LiveDot status={live} /> : <p className="text-ink-soft">{t.forecastList}</p>}
        </div>
        <LocateButton rider={rider} locate={locate} />
      </div>
      <RiderNote status={rider.status} />
      <FilterBar {...filter} failed={<Message title={t.filters.failed} />} />
      {/* Its place is kept until there is somewhere to go. */}
      {!centre && <div className="min-h-14" />}
      {centre && !isPlacing && (
        <Link
          to={pages.plan}
          search={(before) => ({ ...before, to: placeOf(centre) })}
          className={`${buttonClass('primary')} min-h-14`}
        >
          <Icon name="turn" />
          {t.tryFirst}
        </Link>
      )}
      {!isPlacing && <Zones />}
      <AddPlaceSlot />
    </div>
  )
}

/** Brings the map back to the list's place when an opened zone is closed. */
function useListOnMap(): void {
  const { view, showOnMap } = usePage()
  const latest = useRef(view)
  useEffect(() => {
    latest.current = view
  }, [view])
  useEffect(() => {
    if (latest.current) showOnMap(latest.current)
  }, [showOnMap])
}

/** The newest list that there was: without a connection, a filter still has something to choose from. */
function useLast<T>(data: T | undefined): T | undefined {
  const [last, setLast] = useState(data)
  if (data !== undefined && data !== last) setLast(data)
  return data ?? last
}

function Zones() {
  const { t, format } = useI18n()
  const { centre, now, ahead, rider, config, goTo, filter } = usePage()
  const { filters } = filter
  const nearby = useQuery(nearbyQuery(centre, ahead, filters))
  const last = useLast(nearby.data)
  const isNarrow = activeFilters(filters).length > 0
  const counted = useQuery({ ...widenedQuery(centre, ahead, filters), enabled: centre !== null && isNarrow }).data
    ?.zones
  if (nearby.isError && !last) {
    return (
      <Message title={t.listFailedTitle} text={t.failedText}>
        <Button onClick={() => void nearby.refetch()}>{t.retry}</Button>
      </Message>
    )
  }
  if (!last) return <ZoneListSkeleton label={t.loadingZones} />
  if (config?.zones === 0) {
    return (
      <Message title={t.noDataTitle} text={t.noDataText}>
        <Command>npx kickstand import FILE</Command>
      </Message>
    )
  }
  // What was there before a filter was chosen is filtered here until the server answers, or where it does not.
  const zones = last.zones.filter((zone) => passesFilters(zone, filters))
  if (zones.length === 0 && !isNarrow) {
    return (
      <Message title={t.noZonesTitle} text={t.noZonesText}>
        {config && <Button onClick={() => goTo(config.start)}>{t.goToData}</Button>}
      </Message>
    )
  }
  function actionsFor(zone: NearbyZoneBody, index: number) {
    const here = rider.position !== null && distanceBetween(rider.position, zone) < HERE_METRES
    return index === 0 ? <QuickReport key={zone.id} zoneId={zone.id} zone={zoneTitle(zone, t)} here={here} /> : null
  }
  const { vehicle } = filters
  return (
    <>
      {isNarrow && zones.length > 0 && (
        <p role="status" className="text-ink-soft">
          {zones.length < NEARBY_LIMIT
            ? t.filters.matching(zones.length, format.count(zones.length))
            : t.filters.nearest(format.count(zones.length))}
        </p>
      )}
      {zones.length > 0 && (
        <ZoneList zones={zones} now={now} ahead={last.ahead} vehicle={vehicle} actionsFor={actionsFor} />
      )}
      {isNarrow && zones.length < NEARBY_LIMIT && (
        <FilteredOut
          {...filter}
          shown={zones.length}
          widened={counted ? { count: counted.length, isAll: counted.length < COUNTED_AT_MOST } : null}
        />
      )}
    </>
  )
}
