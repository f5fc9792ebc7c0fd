import type { AvailabilityBody } from '@kickstand/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import type { Area, Point } from '#api/client.ts'
import { useAnnouncer } from '#shell/announcer.tsx'
import { areaAround, ZONES_FROM_ZOOM } from '#shell/areas.ts'
import { useLive } from '#live/use-live.ts'
import { loadLazyPages } from './load-lazy-pages.ts'

/** Figures stay live within this radius of the list's centre, and in the visible area of the map. */
const LIST_RADIUS_METRES = 2_000
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
      const seen = { client, centre, zoneId, figures: announcedFigures.current, t, format, announce }
      void loadLazyPages().then(
        ({ announceChanges }) => announceChanges(changes, seen),
        () => undefined,
      )
    },
    [client, centre, zoneId, ahead, t, format, announce],
  )
  return { live: useLive(areas, onChange), announcement, setArea }
}
