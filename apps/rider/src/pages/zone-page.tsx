import { failureOf } from '@kickstand/client'
import { Button, buttonClass, Message } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { zoneQuery } from '#api/queries.ts'
import { zoneReportsQuery } from '#api/zone-queries.ts'
import { useShellState } from '#shell/shell-state.ts'
import { parseZoneId } from '#shell/view.ts'
import { pages } from '#paths.ts'
import { ZoneDetails } from './zone-details.tsx'
import { distanceBetween } from '#zones/distances.ts'
import { zoneTitle } from '#zones/zone-title.ts'
import { ZoneListSkeleton } from '#zones/zone-list.tsx'
import { ZoneSheet } from '#zones/zone-sheet.tsx'

const CLOSE_ZOOM = 16
/** A zone opened by its address is the map centre, so a shorter distance is not shown. */
const SAME_PLACE_METRES = 30

/** One zone, shown instead of the list. */
export function ZonePage() {
  const { t, format } = useI18n()
  const p = usePageText()
  const parsedId = parseZoneId(useParams({ strict: false }).id)
  const id = parsedId ?? ''
  const enabled = parsedId !== null
  const { now, ahead, rider, centre, filter } = useShellState()
  const { vehicle } = filter.filters
  const zone = useQuery({ ...zoneQuery(id, vehicle), enabled })
  const later = useQuery({ ...zoneQuery(id, vehicle, ahead), enabled: enabled && ahead > 0 }).data
  const reports = useQuery({ ...zoneReportsQuery(id), enabled })
  useShowOnMap(zone.data)
  const title = zone.data ? zoneTitle(zone.data, t) : null
  useEffect(() => {
    document.title = title === null ? t('app.name') : p('app.title', { page: title })
  }, [title, t, p])
  if (zone.data && title !== null) {
    const fromCentre = centre ? distanceBetween(centre, zone.data) : 0
    const distance = rider.position
      ? p('distance.fromYou', { distance: format.distance(distanceBetween(rider.position, zone.data)) })
      : fromCentre > SAME_PLACE_METRES
        ? p('distance.fromMapCentre', { distance: format.distance(fromCentre) })
        : null
    // Until the forecast is loaded, the sheet shows the present and says so.
    const shown = ahead > 0 && later ? later : zone.data
    return (
      <ZoneSheet zone={shown} now={now} distance={distance} ahead={shown === later ? ahead : 0}>
        <ZoneDetails
          zone={zone.data}
          rulesZone={shown}
          vehicle={vehicle}
          title={title}
          now={now}
          ahead={ahead}
          reports={reports.data}
          reportsFailed={reports.isError}
          position={rider.position}
        />
      </ZoneSheet>
    )
  }
  return (
    <div className="grid gap-3 px-3 pt-3">
      {zone.isError || !enabled ? (
        <ZoneError error={zone.error} retry={() => void zone.refetch()} />
      ) : (
        <ZoneListSkeleton label={t('list.loading')} />
      )}
    </div>
  )
}

function ZoneError({ error, retry }: { error: Error | null; retry: () => void }) {
  const { t } = useI18n()
  const p = usePageText()
  const failure = failureOf(error)
  const isNotFound =
    error === null ||
    (failure.kind === 'rejected' && (failure.problem.status === 404 || failure.problem.status === 400))
  return (
    <Message
      title={p(isNotFound ? 'zone.notFoundTitle' : 'zone.failedTitle')}
      text={isNotFound ? p('zone.notFoundText') : t('error.connection')}
    >
      {!isNotFound && <Button onClick={retry}>{t('error.retry')}</Button>}
      <Link to={pages.home} search={(before) => before} className={buttonClass('primary')}>
        {t('list.back')}
      </Link>
    </Message>
  )
}

/** Shows an opened zone on the map once. A zone opened by its address also moves the list there. */
function useShowOnMap(zone: { id: string; lat: number; lng: number } | undefined): void {
  const { view, config, initialZoneId, showOnMap, goTo } = useShellState()
  const placed = view !== config?.start
  const shown = useRef<string | null>(null)
  useEffect(() => {
    if (!zone || !view || shown.current === zone.id) return
    shown.current = zone.id
    const target = { lat: zone.lat, lng: zone.lng, zoom: Math.max(view.zoom, CLOSE_ZOOM) }
    if (zone.id === initialZoneId && !placed) goTo(target)
    else showOnMap(target)
  }, [zone, view, initialZoneId, placed, showOnMap, goTo])
}
