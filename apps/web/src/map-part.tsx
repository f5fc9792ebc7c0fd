import type { AppConfigBody } from '@kickstand/contract'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import type { MapArea, MapView, MapZone } from '#map/map-types.ts'
import type { Area } from './api/client.ts'
import { areaQuery, zoneQuery } from './api/queries.ts'
import { filterQuery, passesFilters, type ZoneFilters } from './api/zone-filters.ts'
import type { Ahead } from './app/ahead.ts'
import { areaToLoad } from './app/areas.ts'
import { MapSlot } from './app/map-slot.tsx'
import type { RiderPosition } from './app/use-rider.ts'
import { useI18n } from './i18n/i18n.tsx'
import { pages } from './paths.ts'
import type { Theme } from './theme/use-theme.ts'
import { Icon } from './ui/icon.tsx'
import { PANEL_STEPS, type PanelStep } from './ui/panel-steps.ts'
import { useMedia } from './ui/use-media.ts'
import { figureText } from './zones/figures.ts'
import { zoneTitle } from './zones/zone-title.ts'

type Props = {
  readonly config: AppConfigBody
  readonly theme: Theme
  readonly view: MapView
  readonly zoneId: string | null
  /** Those of the plan that is open. */
  readonly stops: readonly MapZone[] | undefined
  /** Minutes ahead of now that the plates show. */
  readonly ahead: Ahead
  readonly filters: ZoneFilters
  readonly rider: RiderPosition | null
  readonly step: PanelStep
  readonly isPlacing: boolean
  readonly onMove: (view: MapView, area: MapArea) => void
  readonly onFailed: (failed: boolean) => void
}

/** The map with the zones in sight. It adds to the list and is never needed. */
export function MapPart({
  config,
  theme,
  view,
  zoneId,
  stops,
  ahead,
  filters,
  rider,
  step,
  isPlacing,
  onMove,
  onFailed,
}: Props) {
  const { t, format } = useI18n()
  const navigate = useNavigate()
  const wide = useMedia('(min-width: 56.25rem)')
  const [area, setArea] = useState<Area | null>(null)
  const [available, setAvailable] = useState(true)
  const zones = useZonesInSight(area, zoneId, ahead, filters)
  const labels = useMemo(
    () => ({
      map: t.mapLabel,
      zone: (zone: MapZone) =>
        t.plateName(
          zoneTitle({ name: zone.name, kind: null }, t),
          figureText(zone.availability, t, format),
          ahead === 0 ? null : format.minutes(ahead),
        ),
    }),
    [t, format, ahead],
  )
  const padding = useMemo(
    // Covered almost wholly, the map has no middle left to speak of: it keeps that of the half-open panel.
    () => ({ bottom: wide ? 0 : Math.round(PANEL_STEPS[step === 0 ? 0 : 1] * window.innerHeight), left: 0 }),
    [wide, step],
  )
  const planned = stops !== undefined
  const select = useCallback(
    (id: string | null) =>
      void (id === null
        ? navigate({ to: pages[planned ? 'plan' : 'home'], search: (before) => before })
        : navigate({ to: pages.zone, params: { id }, search: (before) => before })),
    [navigate, planned],
  )
  const note = (text: string) => (
    <p className="absolute inset-x-4 top-24 mx-auto max-w-sm text-center text-ink-soft">{text}</p>
  )
  return (
    <section className="shell-map" aria-label={t.mapRegion}>
      <MapSlot
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
        loading={note(t.mapLoading)}
        unavailable={note(t.mapUnavailable)}
        onFailed={() => onFailed(true)}
      />
      {ahead > 0 && available && (
        <p className="pointer-events-none absolute start-3 top-[4.4rem] z-1 rounded-plate border border-dashed border-edge bg-surface px-2.5 py-1 text-sm font-bold text-link">
          {t.likelyIn(format.minutes(ahead))}
        </p>
      )}
      {isPlacing && available && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-x-0 top-0 grid place-items-center"
          style={{ bottom: padding.bottom }}
        >
          <Icon name="cross" className="size-14 text-ink drop-shadow-[0_0_2px_var(--surface)]" />
        </div>
      )}
      {!available && note(t.mapUnavailable)}
    </section>
  )
}

const NO_ZONES: readonly MapZone[] = []

/** The zones of the area on the screen, and the selected one even where it lies outside. */
function useZonesInSight(
  area: Area | null,
  zoneId: string | null,
  ahead: Ahead,
  filters: ZoneFilters,
): readonly MapZone[] {
  const inArea = useQuery(areaQuery(area, ahead, filters)).data
  const selected = useQuery({ ...zoneQuery(zoneId ?? '', filters.vehicle, ahead), enabled: zoneId !== null }).data
  return useMemo(() => {
    // What was there before the filter was chosen is filtered here until the server answers, or where it does not.
    const zones: readonly MapZone[] = inArea?.filter((zone) => passesFilters(zone, filters)) ?? NO_ZONES
    return !selected || zones.some((zone) => zone.id === selected.id) ? zones : [...zones, selected]
  }, [inArea, selected, filters])
}
