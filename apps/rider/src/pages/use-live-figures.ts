import type { AvailabilityBody, NearbyBody, ZoneBody } from '@kickstand/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Area, Point } from '#api/client.ts'
import { KEYS } from '#api/queries.ts'
import { useAnnouncer } from '#shell/announcer.tsx'
import { areaAround, ZONES_FROM_ZOOM } from '#shell/areas.ts'
import { useI18n } from '#i18n/i18n.tsx'
import { useLive } from '#live/use-live.ts'
import { figureText } from '#zones/figures.ts'
import { zoneTitle } from '#zones/zone-title.ts'

/** Figures stay live within this radius of the list's centre, and in the visible area of the map. */
const LIST_RADIUS_METRES = 2_000
/** Changes are announced for this many zones at the top of the list. */
const ANNOUNCED_ZONES = 3

type AnnouncedZone = Pick<ZoneBody, 'id' | 'name' | 'kind' | 'availability'>

/** Keeps list, map and sheet live, and announces changes of the nearest zones to screen readers. */
export function useLiveFigures(centre: Point | null, zoneId: string | null, ahead: number) {
  const { t, format } = useI18n()
  const client = useQueryClient()
  const { text: announcement, announce } = useAnnouncer()
  const [mapArea, setMapArea] = useState<Area | null>(null)
  const setArea = useCallback((area: Area, zoom: number) => setMapArea(zoom < ZONES_FROM_ZOOM ? null : area), [])
  const areas = useMemo(
    () => [...(centre ? [areaAround(centre, LIST_RADIUS_METRES)] : []), ...(mapArea ? [mapArea] : [])],
    [centre, mapArea],
  )

  const announcedFigures = useRef(new Map<string, string>())
  const onChange = useCallback(
    (changes: ReadonlyMap<string, AvailabilityBody>) => {
      // The screen then shows a forecast, which "now full" would contradict.
      if (ahead > 0) return
      const lists = client.getQueriesData<NearbyBody>({ queryKey: [KEYS.nearby, centre] })
      const nearest: AnnouncedZone[] = (lists[0]?.[1]?.zones ?? []).slice(0, ANNOUNCED_ZONES)
      const open =
        zoneId === null ? undefined : client.getQueriesData<ZoneBody>({ queryKey: [KEYS.zone, zoneId] })[0]?.[1]
      for (const zone of open ? [open] : nearest) {
        if (!changes.has(zone.id)) continue
        const figure = figureText(zone.availability, t, format)
        const before = announcedFigures.current.get(zone.id)
        announcedFigures.current.set(zone.id, figure)
        if (before !== undefined && before !== figure) announce(t.changed(zoneTitle(zone, t), figure))
      }
    },
    [client, centre, zoneId, ahead, t, format, announce],
  )
  return { live: useLive(areas, onChange), announcement, setArea }
}
