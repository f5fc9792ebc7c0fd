import type { AvailabilityBody, NearbyBody, ZoneBody } from '@kickstand/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Area, Point } from './api/client.ts'
import { KEYS } from './api/queries.ts'
import { useAnnouncer } from './app/announcer.tsx'
import { areaAround, ZONES_FROM_ZOOM } from './app/areas.ts'
import { useI18n } from './i18n/i18n.tsx'
import { useLive } from './live/use-live.ts'
import { figureText } from './zones/figures.ts'
import { zoneTitle } from './zones/zone-title.ts'

/** How far round the list's middle figures stay live, in metres, beside what the map shows. */
const LIST_REACH = 2_000
/** The first so many zones of the list are spoken of when they change. */
const SPOKEN = 3

type Spoken = Pick<ZoneBody, 'id' | 'name' | 'kind' | 'availability'>

/** Keeps list, map and sheet live, and says in a sentence what changed among the nearest zones. */
export function useLiveFigures(centre: Point | null, zoneId: string | null, ahead: number) {
  const { t, format } = useI18n()
  const client = useQueryClient()
  const { text: announcement, announce } = useAnnouncer()
  const [mapArea, setMapArea] = useState<Area | null>(null)
  const setArea = useCallback((area: Area, zoom: number) => setMapArea(zoom < ZONES_FROM_ZOOM ? null : area), [])
  const areas = useMemo(
    () => [...(centre ? [areaAround(centre, LIST_REACH)] : []), ...(mapArea ? [mapArea] : [])],
    [centre, mapArea],
  )

  const told = useRef(new Map<string, string>())
  const onNews = useCallback(
    (news: ReadonlyMap<string, AvailabilityBody>) => {
      // What is on the screen then is a forecast: "now full" would contradict it.
      if (ahead > 0) return
      const lists = client.getQueriesData<NearbyBody>({ queryKey: [KEYS.nearby, centre] })
      const nearest: Spoken[] = (lists[0]?.[1]?.zones ?? []).slice(0, SPOKEN)
      const open =
        zoneId === null ? undefined : client.getQueriesData<ZoneBody>({ queryKey: [KEYS.zone, zoneId] })[0]?.[1]
      for (const zone of open ? [open] : nearest) {
        if (!news.has(zone.id)) continue
        const figure = figureText(zone.availability, t, format)
        const before = told.current.get(zone.id)
        told.current.set(zone.id, figure)
        if (before !== undefined && before !== figure) announce(t.changed(zoneTitle(zone, t), figure))
      }
    },
    [client, centre, zoneId, ahead, t, format, announce],
  )
  return { live: useLive(areas, onNews), announcement, setArea }
}
