import type { NearbyZoneBody } from '@kickstand/contract'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { nearbyQuery } from './api/queries.ts'
import { Command } from './app/command.tsx'
import { Message } from './app/message.tsx'
import { usePage } from './app/page-context.ts'
import { LocateButton, RiderNote } from './app/rider-note.tsx'
import { LiveDot } from './app/status-line.tsx'
import { useI18n } from './i18n/i18n.tsx'
import { QuickReport } from './reports/quick-report.tsx'
import { Button } from './ui/button.tsx'
import { distanceBetween } from './zones/distances.ts'
import { zoneTitle } from './zones/zone-title.ts'
import { preloadZoneMore } from './zone-more-slot.tsx'
import { ZoneList, ZoneListSkeleton } from './zones/zone-list.tsx'

/** The list is "near you" while its middle is no farther than this from the rider. */
const NEAR_YOU_METRES = 80
/** So close to a zone a rider is taken to stand there. */
const HERE_METRES = 120

/** The first screen: the nearest zones, complete without any map. */
export function ListPage() {
  const { t } = useI18n()
  const { centre, rider, locate, live, ahead } = usePage()
  useListOnMap()
  useEffect(() => {
    document.title = 'Kickstand'
  }, [])
  useEffect(preloadZoneMore, [])
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
      <Zones />
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

function Zones() {
  const { t } = useI18n()
  const { centre, now, ahead, rider, config, goTo } = usePage()
  const nearby = useQuery(nearbyQuery(centre, ahead))
  if (nearby.isError && !nearby.data) {
    return (
      <Message title={t.listFailedTitle} text={nearby.error.message}>
        <Button onClick={() => void nearby.refetch()}>{t.retry}</Button>
      </Message>
    )
  }
  if (!nearby.data) return <ZoneListSkeleton label={t.loadingZones} />
  if (config?.zones === 0) {
    return (
      <Message title={t.noDataTitle} text={t.noDataText}>
        <Command>npx kickstand import FILE</Command>
      </Message>
    )
  }
  if (nearby.data.zones.length === 0) {
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
  return <ZoneList zones={nearby.data.zones} now={now} ahead={nearby.data.ahead} actionsFor={actionsFor} />
}
