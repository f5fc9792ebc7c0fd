import type { ReportCreatedBody, ReportInput } from '@kickstand/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { MapZone } from '#map/map-types.ts'
import { failureOf } from './api/http.ts'
import { DemoHelpSlot } from './after-list-slots.tsx'
import { appConfigQuery, KEYS, nearbyQuery } from './api/queries.ts'
import { storage } from './api/safe-storage.ts'
import { serverNow } from './api/server-clock.ts'
import { parseAhead } from './app/ahead.ts'
import { AheadControl } from './app/ahead-control.tsx'
import { Announcer } from './app/announcer.tsx'
import { listCentre } from './app/areas.ts'
import { Brand } from './app/brand.tsx'
import { DemoStrip } from './app/demo-strip.tsx'
import { PageContext, usePage, type Page } from './app/page-context.ts'
import { OfflineStrip, UpdateStrip } from './app/status-line.tsx'
import { useFilters } from './app/use-filters.ts'
import { useRider } from './app/use-rider.ts'
import { useView } from './app/use-view.ts'
import { parseZoneId } from './app/view.ts'
import { ContributionSenderSlot } from './lazy-contributions.tsx'
import { useI18n } from './i18n/i18n.tsx'
import { putAvailability } from './live/live-cache.ts'
import { MapPart } from './map-part.tsx'
import { useUpdate } from './offline/update.ts'
import { ReportingProvider, useWaiting } from './reports/reporting.tsx'
import { useTheme } from './theme/use-theme.ts'
import { IconButton } from './ui/button.tsx'
import { Icon } from './ui/icon.tsx'
import type { PanelStep } from './ui/panel-steps.ts'
import { Panel } from './ui/panel.tsx'
import { ToastRegion } from './ui/toast.tsx'
import { useNow } from './ui/use-now.ts'
import { useLiveFigures } from './use-live-figures.ts'

const NEAR_ZOOM = 16
/** Says that the map could not be drawn on the last visit. */
const NO_MAP = 'kickstand.no-map'

/** What stays on the screen while lists and zones come and go: map, panel, strips, messages, and the stream behind them. */
export function Shell() {
  const { t } = useI18n()
  const { theme, toggle } = useTheme()
  const config = useQuery(appConfigQuery).data
  const zoneId = parseZoneId(useParams({ strict: false }).id)
  const filter = useFilters()
  const { in: minutes, to } = useSearch({ strict: false })
  const ahead = parseAhead(minutes)
  const [stops, markStops] = useState<readonly MapZone[]>([])
  const [openedWith] = useState(zoneId)
  const [step, setStep] = useState<PanelStep>(() => (storage.getItem(NO_MAP) ? 2 : 1))
  const [mapFailed, setMapFailed] = useState(false)
  const [isPlacing, setPlacing] = useState(false)
  const now = useNow(serverNow)
  useEffect(() => {
    // A zone that was just opened is not left behind a panel that only peeks out.
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
  const isCutOff = list.failureReason !== null && failureOf(list.failureReason).kind === 'unreachable'
  const live = isCutOff ? 'lost' : figures.live

  const page = useMemo<Page>(
    () => ({
      config,
      now,
      ahead,
      filter,
      view,
      centre,
      rider,
      openedWith,
      locate,
      live,
      showOnMap,
      goTo,
      markStops,
      isPlacing,
      setPlacing,
      hasMap: !mapFailed,
    }),
    [config, now, ahead, filter, view, centre, rider, openedWith, locate, live, showOnMap, goTo, mapFailed, isPlacing],
  )
  return (
    <PageContext value={page}>
      <Reporting>
        <div className="shell">
          <header className="shell-top">
            <Brand />
            <IconButton label={theme === 'dark' ? t.themeToLight : t.themeToDark} onClick={toggle}>
              <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
            </IconButton>
            {config?.demo && (
              <DemoStrip>
                <DemoHelpSlot />
              </DemoStrip>
            )}
          </header>
          <main className="contents">
            <Panel
              label={t.panel}
              step={step}
              onStep={setStep}
              tallerLabel={t.panelTaller}
              shorterLabel={t.panelShorter}
              contentKey={zoneId ?? ''}
            >
              <Strips knownAt={live === 'lost' ? list.dataUpdatedAt : 0} />
              <AheadControl ahead={ahead} />
              <Outlet />
            </Panel>
            {config && flight && (
              <MapPart
                config={config}
                theme={theme}
                view={flight}
                zoneId={zoneId}
                stops={to === undefined ? undefined : stops}
                ahead={ahead}
                filters={filter.filters}
                rider={rider.position}
                step={step}
                isPlacing={isPlacing}
                onMove={(next, area) => {
                  storage.removeItem(NO_MAP)
                  setArea(area, next.zoom)
                  onMove(next)
                }}
                onFailed={(failed) => {
                  // The panel does not jump under a reader's eyes: the next visit begins with the whole list.
                  if (failed) storage.setItem(NO_MAP, '1')
                  setMapFailed(failed)
                }}
              />
            )}
          </main>
          <ToastRegion closeLabel={t.close} />
          <ContributionSenderSlot connected={live === 'live'} />
        </div>
        <Announcer text={announcement} />
      </Reporting>
    </PageContext>
  )
}

/** `knownAt`: when the last known state was fetched, epoch milliseconds; 0 where the state is current or none is known. */
function Strips({ knownAt }: { knownAt: number }) {
  const waiting = useWaiting()
  const update = useUpdate()
  const now = useNow(Date.now)
  const isOld = knownAt > 0
  if (!isOld && waiting === 0 && update === null) return null
  return (
    <div className="grid gap-2 px-3 pb-2.5 wide:pt-3">
      {update && <UpdateStrip load={update} />}
      <OfflineStrip age={isOld ? Math.max(0, now - knownAt) : null} waiting={waiting} />
    </div>
  )
}

/** Reports flow through here; their answers go where the live figures go. */
function Reporting({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const { rider, live } = usePage()
  const onOwn = useCallback(
    (id: string, own: ReportCreatedBody | ReportInput | null) => {
      // Whoever shows riders their own reports reads it there, see `offline/own-sightings.ts`.
      client.setQueryData([KEYS.own, id], own)
      if (own !== null) {
        if ('report' in own) putAvailability(client, new Map([[id, own.availability]]))
        return
      }
      for (const key of [[KEYS.nearby], [KEYS.area], [KEYS.ahead], [KEYS.zone, id], [KEYS.reports, id]])
        void client.invalidateQueries({ queryKey: key })
    },
    [client],
  )
  return (
    <ReportingProvider position={rider.position} connected={live === 'live'} onOwn={onOwn}>
      {children}
    </ReportingProvider>
  )
}
