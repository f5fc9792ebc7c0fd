import type { AppConfigBody } from '@kickstand/contract'
import { Icon, PANEL_STEPS, useMedia, type PanelStep, type Theme } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import type { MapArea, MapView, MapZone } from '#map/map-types.ts'
import type { Area } from '#api/client.ts'
import { areaQuery, zoneQuery } from '#api/queries.ts'
import { filterQuery, matchesFilters, type ZoneFilters } from '#api/zone-filters.ts'
import type { Ahead } from '#shell/ahead.ts'
import { areaToLoad } from '#shell/areas.ts'
import { LazyMap } from '#shell/lazy-map.tsx'
import type { RiderPosition } from '#shell/use-rider.ts'
import { pages } from '#paths.ts'
import { figureText } from '#zones/figures.ts'
import { zoneTitle } from '#zones/zone-title.ts'

type Props = {
  readonly config: AppConfigBody
  readonly theme: Theme
  readonly view: MapView
  readonly zoneId: string | null
  /** The stops of the open plan; undefined if none is open. */
  readonly stops: readonly MapZone[] | undefined
  /** Minutes from now that the plates show. */
  readonly ahead: Ahead
  readonly filters: ZoneFilters
  readonly rider: RiderPosition | null
  readonly step: PanelStep
  readonly isAddingPlace: boolean
  readonly onMove: (view: MapView, area: MapArea) => void
  readonly onFailed: (failed: boolean) => void
}

/** The map with the visible zones. The page also works without it. */
export function MapSection({
  config,
  theme,
  view,
  zoneId,
  stops,
  ahead,
  filters,
  rider,
  step,
  isAddingPlace,
  onMove,
  onFailed,
}: Props) {
  const { t, format } = useI18n()
  const navigate = useNavigate()
  const wide = useMedia('(min-width: 56.25rem)')
  const [area, setArea] = useState<Area | null>(null)
  const [available, setAvailable] = useState(true)
  const { zones, isCurrent } = useVisibleZones(area, zoneId, ahead, filters)
  // Without a network the map keeps the figures from before, which are not for this time.
  const shownAhead = isCurrent ? ahead : 0
  const labels = useMemo(
    () => ({
      map: t('map.description'),
      zoomIn: t('map.zoomIn'),
      zoomOut: t('map.zoomOut'),
      zone(shown: MapZone): string {
        const zone = zoneTitle({ name: shown.name, kind: null }, t)
        const figure = figureText(shown.availability, t, format)
        const plate =
          shownAhead === 0
            ? t('map.plate', { zone, figure })
            : t('map.plateAhead', { zone, figure, ahead: format.minutes(shownAhead) })
        return shown.mark === undefined ? plate : t('map.stop', { n: format.count(Number(shown.mark)), plate })
      },
    }),
    [t, format, shownAhead],
  )
  const padding = useMemo(
    // A full-height panel covers the map, so the map keeps the padding of the half-open panel.
    () => ({ bottom: wide ? 0 : Math.round(PANEL_STEPS[step === 0 ? 0 : 1] * window.innerHeight), left: 0 }),
    [wide, step],
  )
  const hasPlan = stops !== undefined
  const select = useCallback(
    (id: string | null) =>
      void (id === null
        ? navigate({ to: pages[hasPlan ? 'plan' : 'home'], search: (before) => before })
        : navigate({ to: pages.zone, params: { id }, search: (before) => before })),
    [navigate, hasPlan],
  )
  const note = (text: string) => (
    <p className="absolute inset-x-4 top-24 mx-auto max-w-sm text-center text-ink-soft">{text}</p>
  )
  return (
    <section className="shell-map" aria-label={t('map.name')}>
      <LazyMap
        basemap={config.basemap}
        theme={theme}
        zones={zones}
        stops={stops}
        filterQuery={filterQuery(filters)}
        selectedId={zoneId}
        view={view}
        rider={rider}
        labels={labels}
        padding={padding}
        onMove={(next, seen) => {
          setArea(areaToLoad(seen, next.zoom))
          onMove(next, seen)
        }}
        onSelect={select}
        onUnavailable={() => {
          setAvailable(false)
          onFailed(true)
        }}
        onAvailable={() => {
          setAvailable(true)
          onFailed(false)
        }}
        loading={note(t('map.loading'))}
        unavailable={note(t('map.unavailable'))}
        onFailed={() => onFailed(true)}
      />
      {shownAhead > 0 && available && (
        <p className="pointer-events-none absolute start-3 top-[4.4rem] z-1 rounded-plate border border-dashed border-edge bg-surface px-2.5 py-1 text-sm font-bold text-link">
          {t('ahead.likely', { minutes: format.minutes(shownAhead) })}
        </p>
      )}
      {isAddingPlace && available && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-x-0 top-0 grid place-items-center"
          style={{ bottom: padding.bottom }}
        >
          <Icon name="cross" className="size-14 text-ink drop-shadow-[0_0_2px_var(--surface)]" />
        </div>
      )}
      {!available && note(t('map.unavailable'))}
    </section>
  )
}

const NO_ZONES: readonly MapZone[] = []

/** The zones of the visible area, and the selected zone even if it is outside. */
function useVisibleZones(
  area: Area | null,
  zoneId: string | null,
  ahead: Ahead,
  filters: ZoneFilters,
): { readonly zones: readonly MapZone[]; readonly isCurrent: boolean } {
  const { data: inArea, isPlaceholderData } = useQuery(areaQuery(area, ahead, filters))
  const selected = useQuery({ ...zoneQuery(zoneId ?? '', filters.vehicle, ahead), enabled: zoneId !== null }).data
  const zones = useMemo(() => {
    // The previous zones are filtered here until the server answers, and while it cannot be reached.
    const found: readonly MapZone[] = inArea?.filter((zone) => matchesFilters(zone, filters)) ?? NO_ZONES
    return !selected || found.some((zone) => zone.id === selected.id) ? found : [...found, selected]
  }, [inArea, selected, filters])
  return { zones, isCurrent: inArea !== undefined && !isPlaceholderData }
}
