import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { failureOf } from './api/http.ts'
import { zoneQuery, zoneReportsQuery } from './api/queries.ts'
import { Message } from './app/message.tsx'
import { usePage } from './app/page-context.ts'
import { parseZoneId } from './app/view.ts'
import { useI18n } from './i18n/i18n.tsx'
import { pages } from './paths.ts'
import { Button, buttonClass } from './ui/button.tsx'
import { ZoneMore } from './zone-more.tsx'
import { distanceBetween } from './zones/distances.ts'
import { zoneTitle } from './zones/zone-title.ts'
import { ZoneListSkeleton } from './zones/zone-list.tsx'
import { ZoneSheet } from './zones/zone-sheet.tsx'

const CLOSE_ZOOM = 16
/** A zone opened by its address is itself the middle of the map: no distance worth telling. */
const SAME_PLACE_METRES = 30

/** One zone, in the place of the list. */
export function ZonePage() {
  const { t, format } = useI18n()
  const known = parseZoneId(useParams({ strict: false }).id)
  const id = known ?? ''
  const enabled = known !== null
  const { now, ahead, rider, centre, filter } = usePage()
  const { vehicle } = filter.filters
  const zone = useQuery({ ...zoneQuery(id, vehicle), enabled })
  const later = useQuery({ ...zoneQuery(id, vehicle, ahead), enabled: enabled && ahead > 0 }).data
  const reports = useQuery({ ...zoneReportsQuery(id), enabled })
  useShowOnMap(zone.data)
  const title = zone.data ? zoneTitle(zone.data, t) : null
  useEffect(() => {
    document.title = title === null ? 'Kickstand' : `${title} · Kickstand`
  }, [title])
  if (zone.data && title !== null) {
    const fromMiddle = centre ? distanceBetween(centre, zone.data) : 0
    const distance = rider.position
      ? t.fromYou(format.distance(distanceBetween(rider.position, zone.data)))
      : fromMiddle > SAME_PLACE_METRES
        ? t.fromMiddle(format.distance(fromMiddle))
        : null
    // Until the forecast is there the sheet goes on telling the present, and says so.
    const shown = ahead > 0 && later ? later : zone.data
    return (
      <ZoneSheet zone={shown} now={now} distance={distance} ahead={shown === later ? ahead : 0}>
        <ZoneMore
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
        <ZoneTrouble error={zone.error} retry={() => void zone.refetch()} />
      ) : (
        <ZoneListSkeleton label={t.loadingZones} />
      )}
    </div>
  )
}

function ZoneTrouble({ error, retry }: { error: Error | null; retry: () => void }) {
  const { t } = useI18n()
  const failure = failureOf(error)
  const gone =
    error === null || (failure.kind === 'refused' && (failure.problem.status === 404 || failure.problem.status === 400))
  return (
    <Message title={gone ? t.zoneNotFoundTitle : t.zoneFailedTitle} text={gone ? t.zoneNotFoundText : t.failedText}>
      {!gone && <Button onClick={retry}>{t.retry}</Button>}
      <Link to={pages.home} search={(before) => before} className={buttonClass('primary')}>
        {t.backToList}
      </Link>
    </Message>
  )
}

/** Brings an opened zone into sight once; a zone opened by its address alone also moves the list there. */
function useShowOnMap(zone: { id: string; lat: number; lng: number } | undefined): void {
  const { view, config, openedWith, showOnMap, goTo } = usePage()
  const placed = view !== config?.start
  const shown = useRef<string | null>(null)
  useEffect(() => {
    if (!zone || !view || shown.current === zone.id) return
    shown.current = zone.id
    const target = { lat: zone.lat, lng: zone.lng, zoom: Math.max(view.zoom, CLOSE_ZOOM) }
    if (zone.id === openedWith && !placed) goTo(target)
    else showOnMap(target)
  }, [zone, view, openedWith, placed, showOnMap, goTo])
}
