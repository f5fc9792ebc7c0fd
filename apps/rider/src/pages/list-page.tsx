import type { NearbyBody, NearbyZoneBody } from '@kickstand/contract'
import { Button, buttonClass, Icon, Message } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { NEARBY_LIMIT } from '#api/client.ts'
import { placeOf } from '#shell/view.ts'
import { MAX_COUNTED, nearbyQuery, countMatchesQuery } from '#api/queries.ts'
import { activeFilters, matchesFilters } from '#api/zone-filters.ts'
import { useShellState } from '#shell/shell-state.ts'
import { LocateButton, RiderNote } from '#shell/rider-note.tsx'
import { LiveDot } from '#shell/live-dot.tsx'
import { LazyAddPlace, LazyEmptyList, LazyLanguageChoice } from './lazy-parts.tsx'
import { preloadLazyPages } from './load-lazy-pages.ts'
import { FilterBar, FilteredOut, MatchCount } from '#filters/filter-bar.tsx'
import { QuickReport } from '#reports/quick-report.tsx'
import { pages } from '#paths.ts'
import { distanceBetween } from '#zones/distances.ts'
import { zoneTitle } from '#zones/zone-title.ts'
import { ZoneList, ZoneListSkeleton } from '#zones/zone-list.tsx'

/** Up to this distance from the rider to the list's centre, the heading is "Near you". */
const NEAR_YOU_METRES = 80
/** Up to this distance the rider is at the zone. */
const AT_ZONE_METRES = 120

/** The first screen: the nearest zones. It works without the map. */
export function ListPage() {
  const { t } = useI18n()
  const { centre, rider, locate, live, ahead, filter, isAddingPlace } = useShellState()
  useListOnMap()
  useEffect(() => {
    document.title = t('app.name')
  }, [t])
  useEffect(preloadLazyPages, [])
  const nearby = useQuery(nearbyQuery(centre, ahead, filter.filters))
  const last = useLast(nearby.data)
  const shownAhead = last?.ahead ?? ahead
  const nearRider =
    rider.position !== null && centre !== null && distanceBetween(rider.position, centre) < NEAR_YOU_METRES
  return (
    <div className="grid gap-2.5 px-3 pb-2 wide:pt-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <div className="flex-[1_1_9rem]">
          <h2 className="text-lg leading-tight">{t(nearRider ? 'list.nearYou' : 'list.nearMapCentre')}</h2>
          {shownAhead === 0 ? <LiveDot status={live} /> : <p className="text-ink-soft">{t('list.forecast')}</p>}
        </div>
        <LocateButton rider={rider} locate={locate} />
      </div>
      <RiderNote status={rider.status} />
      <FilterBar {...filter} failed={<Message title={t('filters.failed')} />} />
      {/* Reserves the space of the link below, to avoid a layout shift. */}
      {!centre && <div className="min-h-14" />}
      {centre && !isAddingPlace && (
        <Link
          to={pages.plan}
          search={(before) => ({ ...before, to: placeOf(centre) })}
          className={`${buttonClass('primary')} min-h-14`}
        >
          <Icon name="turn" />
          {t('list.tryFirst')}
        </Link>
      )}
      {shownAhead !== ahead && nearby.failureCount > 0 && <Message title={t('list.noForecast')} />}
      {!isAddingPlace && <Zones last={last} failed={nearby.isError} retry={() => void nearby.refetch()} />}
      <LazyAddPlace />
      <LazyLanguageChoice />
    </div>
  )
}

/** Moves the map back to the list's place when a zone is closed. */
function useListOnMap(): void {
  const { view, showOnMap } = useShellState()
  const latest = useRef(view)
  useEffect(() => {
    latest.current = view
  }, [view])
  useEffect(() => {
    if (latest.current) showOnMap(latest.current)
  }, [showOnMap])
}

/** The newest data, kept while a new query has none, so that filters also work offline. */
function useLast<T>(data: T | undefined): T | undefined {
  const [last, setLast] = useState(data)
  if (data !== undefined && data !== last) setLast(data)
  return data ?? last
}

type ZonesProps = {
  readonly last: (NearbyBody & { readonly ahead: number }) | undefined
  readonly failed: boolean
  readonly retry: () => void
}

function Zones({ last, failed, retry }: ZonesProps) {
  const { t } = useI18n()
  const { centre, now, ahead, rider, config, filter } = useShellState()
  const { filters } = filter
  const isFiltered = activeFilters(filters).length > 0
  const possible = useQuery({ ...countMatchesQuery(centre, ahead, filters), enabled: centre !== null && isFiltered })
    .data?.zones
  if (failed && !last) {
    return (
      <Message title={t('list.failedTitle')} text={t('error.connection')}>
        <Button onClick={retry}>{t('error.retry')}</Button>
      </Message>
    )
  }
  if (!last) return <ZoneListSkeleton label={t('list.loading')} />
  // The previous list is filtered here until the server answers, and while it cannot be reached.
  const zones = last.zones.filter((zone) => matchesFilters(zone, filters))
  if (config?.zones === 0 || (zones.length === 0 && !isFiltered)) return <LazyEmptyList />
  function actionsFor(zone: NearbyZoneBody, index: number) {
    const here = rider.position !== null && distanceBetween(rider.position, zone) < AT_ZONE_METRES
    return index === 0 ? <QuickReport key={zone.id} zoneId={zone.id} zone={zoneTitle(zone, t)} here={here} /> : null
  }
  const { vehicle } = filters
  return (
    <>
      {isFiltered && zones.length > 0 && <MatchCount count={zones.length} isAll={zones.length < NEARBY_LIMIT} />}
      {zones.length > 0 && (
        <ZoneList zones={zones} now={now} ahead={last.ahead} vehicle={vehicle} actionsFor={actionsFor} />
      )}
      {isFiltered && zones.length < NEARBY_LIMIT && (
        <FilteredOut
          {...filter}
          shown={zones.length}
          widened={possible ? { count: possible.length, isAll: possible.length < MAX_COUNTED } : null}
        />
      )}
    </>
  )
}
