import { failureOf, type Failure } from '@kickstand/client'
import type { ReportCreatedBody, ReportInput } from '@kickstand/contract'
import { Brand, Icon, IconButton, Panel, ToastRegion, useNow, useTheme, type PanelStep } from '@kickstand/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useErrorText, useI18n } from '#i18n/i18n.ts'
import type { MapZone } from '#map/map-types.ts'
import { appConfigQuery, KEYS, nearbyQuery } from '#api/queries.ts'
import { storage } from '#api/safe-storage.ts'
import { serverNow } from '#api/server-clock.ts'
import { parseAhead } from '#shell/ahead.ts'
import { AheadControl } from '#shell/ahead-control.tsx'
import { Announcer } from '#shell/announcer.tsx'
import { listCentre } from '#shell/areas.ts'
import { ShellStateContext, useShellState, type ShellState } from '#shell/shell-state.ts'
import { useFilters } from '#shell/use-filters.ts'
import { useRider } from '#shell/use-rider.ts'
import { useView } from '#shell/use-view.ts'
import { parseZoneId } from '#shell/view.ts'
import { LazyContributionSender, LazyDemoStrip, LazyStrips } from './lazy-parts.tsx'
import { loadLazyPages } from './load-lazy-pages.ts'
import { ReportingProvider } from '#reports/reporting.tsx'
import { MapSection } from './map-section.tsx'
import { useLiveFigures } from './use-live-figures.ts'

const NEAR_ZOOM = 16
/** Set in the storage if the map could not be drawn on the last visit. */
const NO_MAP_KEY = 'kickstand.no-map'

/** The frame around all pages: map, panel, status strips, toasts and the live stream. */
export function Shell() {
  const { t } = useI18n()
  const { theme, toggle } = useTheme(storage)
  const config = useQuery(appConfigQuery).data
  const zoneId = parseZoneId(useParams({ strict: false }).id)
  const filter = useFilters()
  const { in: minutes, to } = useSearch({ strict: false })
  const ahead = parseAhead(minutes)
  const [stops, markStops] = useState<readonly MapZone[]>([])
  const [initialZoneId] = useState(zoneId)
  const [step, setStep] = useState<PanelStep>(() => (storage.getItem(NO_MAP_KEY) ? 2 : 1))
  const [mapFailed, setMapFailed] = useState(false)
  const [isAddingPlace, setAddingPlace] = useState(false)
  const now = useNow(serverNow)
  useEffect(() => {
    // Opening a zone raises a collapsed panel.
    if (zoneId !== null) setStep((before) => (before === 0 ? 1 : before))
  }, [zoneId])

  const { view, flight, showOnMap, goTo, onMove } = useView(config?.start ?? null, zoneId !== null)
  const zoom = view?.zoom ?? NEAR_ZOOM
  const { rider, locate } = useRider(
    useCallback(({ lat, lng }) => goTo({ lat, lng, zoom: Math.max(NEAR_ZOOM, zoom) }), [goTo, zoom]),
  )
  const centre = useMemo(() => view && listCentre(view), [view])
  const figures = useLiveFigures(centre, zoneId, ahead)
  const { announcement, setArea } = figures
  const list = useQuery(nearbyQuery(centre, ahead, filter.filters))
  // One connection state, derived from the stream and the list.
  const isOffline = list.failureReason !== null && failureOf(list.failureReason).kind === 'unreachable'
  const live = isOffline ? 'lost' : figures.live

  const state = useMemo<ShellState>(
    () => ({
      config,
      now,
      ahead,
      filter,
      view,
      centre,
      rider,
      initialZoneId,
      locate,
      live,
      showOnMap,
      goTo,
      markStops,
      isAddingPlace,
      setAddingPlace,
      hasMap: !mapFailed,
    }),
    [
      config,
      now,
      ahead,
      filter,
      view,
      centre,
      rider,
      initialZoneId,
      locate,
      live,
      showOnMap,
      goTo,
      mapFailed,
      isAddingPlace,
    ],
  )
  return (
    <ShellStateContext value={state}>
      <Reporting>
        <div className="shell">
          <header className="shell-top">
            <Brand name="Kickstand" />
            <IconButton label={t(theme === 'dark' ? 'theme.toLight' : 'theme.toDark')} onClick={toggle}>
              <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
            </IconButton>
            {config?.demo && <LazyDemoStrip />}
          </header>
          <main className="contents">
            <Panel
              label={t('panel.name')}
              step={step}
              onStep={setStep}
              tallerLabel={t('panel.taller')}
              shorterLabel={t('panel.shorter')}
              contentKey={zoneId ?? ''}
            >
              <LazyStrips staleSince={live === 'lost' ? list.dataUpdatedAt : 0} />
              <AheadControl ahead={ahead} />
              <Outlet />
            </Panel>
            {config && flight && (
              <MapSection
                config={config}
                theme={theme}
                view={flight}
                zoneId={zoneId}
                stops={to === undefined ? undefined : stops}
                ahead={ahead}
                filters={filter.filters}
                rider={rider.position}
                step={step}
                isAddingPlace={isAddingPlace}
                onMove={(next, area) => {
                  storage.removeItem(NO_MAP_KEY)
                  setArea(area, next.zoom)
                  onMove(next)
                }}
                onFailed={(failed) => {
                  // The panel must not jump while it is read, so only the next visit starts with the full list.
                  if (failed) storage.setItem(NO_MAP_KEY, '1')
                  setMapFailed(failed)
                }}
              />
            )}
          </main>
          <ToastRegion closeLabel={t('report.close')} />
          <LazyContributionSender connected={live === 'live'} />
        </div>
        <Announcer text={announcement} />
      </Reporting>
    </ShellStateContext>
  )
}

/** Provides reporting, and writes the server's answers into the query cache. */
function Reporting({ children }: { children: ReactNode }) {
  const errorText = useErrorText()
  const client = useQueryClient()
  const { rider, live } = useShellState()
  const onOwn = useCallback(
    (id: string, own: ReportCreatedBody | ReportInput | null) => {
      // Read by `offline/own-sightings.ts`, which shows riders their own reports.
      client.setQueryData([KEYS.own, id], own)
      if (own !== null) {
        if ('report' in own) {
          const changes = new Map([[id, own.availability]])
          void import('#offline/after-paint.ts').then(({ putAvailability }) => putAvailability(client, changes))
        }
        return
      }
      for (const key of [[KEYS.nearby], [KEYS.area], [KEYS.ahead], [KEYS.zone, id], [KEYS.reports, id]])
        void client.invalidateQueries({ queryKey: key })
    },
    [client],
  )
  const explain = useCallback(
    (failure: Failure) =>
      loadLazyPages().then(
        ({ problemText }) => problemText(failure, errorText),
        () => '',
      ),
    [errorText],
  )
  return (
    <ReportingProvider position={rider.position} connected={live === 'live'} onOwn={onOwn} explain={explain}>
      {children}
    </ReportingProvider>
  )
}
