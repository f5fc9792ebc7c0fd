import { paths } from '@kickstand/client'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { startEngine, type MapEngine } from './engine/map-engine.ts'
import './map.css'
import type { MapView, ZoneMapProps } from './map-types.ts'
import { markStops } from './mark-stops.ts'
import { placeZones } from './place-zones.ts'
import { PLATES_FROM_ZOOM } from './style/zone-layers.ts'
import { familiesOf } from './style/fonts.ts'
import type { MapStyleOptions } from './style/map-style.ts'
import { ZoneButtons, type PlacedZone } from './zone-buttons.tsx'
import { ZoomButtons } from './zoom-buttons.tsx'

const NO_PADDING = { bottom: 0, left: 0 }
const MAX_ZONE_BUTTONS = 30
/** A smaller difference is the map's own last move, not a request to go elsewhere. */
const SAME_DEGREES = 1e-6

/**
 * The map of zones. It creates the engine and passes changes to it; zones are not rendered as elements. Without WebGL
 * it stays empty and calls `onUnavailable` once.
 */
export function ZoneMap(props: ZoneMapProps) {
  const { basemap, theme, filterQuery = '', selectedId, view, rider, labels, padding = NO_PADDING } = props
  const zones = useMemo(() => markStops(props.zones, props.stops), [props.zones, props.stops])
  const frame = useRef<HTMLDivElement>(null)
  const engine = useRef<MapEngine | null>(null)
  const latest = useRef({ ...props, zones })
  const lastView = useRef<MapView>(view)
  const [placed, setPlaced] = useState<readonly PlacedZone[]>([])

  useLayoutEffect(() => {
    latest.current = { ...props, zones }
  })

  const place = useCallback(() => {
    const box = frame.current
    const map = engine.current
    if (!box || !map) return
    const { zones: all, padding: covered = NO_PADDING } = latest.current
    const viewport = { width: box.clientWidth, height: box.clientHeight, ...covered }
    const near = lastView.current.zoom >= PLATES_FROM_ZOOM
    setPlaced(near ? placeZones(all, map.project, viewport, MAX_ZONE_BUTTONS) : [])
  }, [])

  const styleProps = useMemo(() => ({ basemap, theme, filterQuery }), [basemap, theme, filterQuery])
  const appliedProps = useRef(styleProps)

  useEffect(() => {
    const box = frame.current
    const container = box?.querySelector<HTMLElement>('.zone-map-canvas')
    if (!box || !container) return
    const { view: start, padding: covered = NO_PADDING, labels: words } = latest.current
    try {
      engine.current = startEngine(
        {
          container,
          styleOptions: styleOptionsOf(container, appliedProps.current),
          view: start,
          padding: covered,
          title: words.map,
        },
        {
          onRest: (at, area) => {
            lastView.current = at
            place()
            latest.current.onMove(at, area)
          },
          onPick: (id) => latest.current.onSelect(id),
          onLost: (reason) => latest.current.onUnavailable?.(reason),
          onRestored: () => latest.current.onAvailable?.(),
        },
      )
    } catch {
      // Hides the controls of a map that cannot be drawn.
      box.hidden = true
      latest.current.onUnavailable?.('no-webgl')
      return
    }
    return () => {
      engine.current?.remove()
      engine.current = null
    }
  }, [place])

  useEffect(() => {
    const container = frame.current
    if (!container || styleProps === appliedProps.current) return
    appliedProps.current = styleProps
    engine.current?.setStyle(styleOptionsOf(container, styleProps))
  }, [styleProps])

  useEffect(() => {
    engine.current?.setZones(zones, selectedId)
    place()
  }, [zones, selectedId, place])

  useEffect(() => engine.current?.setRider(rider), [rider])
  useEffect(() => engine.current?.setTitle(labels.map), [labels.map])
  useEffect(
    () => engine.current?.setPadding({ bottom: padding.bottom, left: padding.left }),
    [padding.bottom, padding.left],
  )

  useEffect(() => {
    if (!isSame(view, lastView.current)) engine.current?.goTo(view)
  }, [view])

  useLayoutEffect(() => {
    frame.current?.style.setProperty('--map-covered-bottom', `${padding.bottom}px`)
    frame.current?.style.setProperty('--map-covered-left', `${padding.left}px`)
  }, [padding.bottom, padding.left])

  return (
    <div ref={frame} className="zone-map" data-map-theme={theme}>
      <div className="zone-map-canvas" />
      <ZoneButtons placed={placed} selectedId={selectedId} name={labels.zone} onSelect={props.onSelect} />
      <ZoomButtons labels={labels} onZoom={(steps) => engine.current?.zoomBy(steps)} />
    </div>
  )
}

type StyleProps = Pick<MapStyleOptions, 'basemap' | 'theme'> & { readonly filterQuery: string }

function styleOptionsOf(container: HTMLElement, { basemap, theme, filterQuery }: StyleProps): MapStyleOptions {
  return {
    basemap: basemap.url === null ? basemap : { ...basemap, url: new URL(basemap.url, location.href).href },
    theme,
    fonts: familiesOf(getComputedStyle(container).fontFamily),
    zoneTiles: location.origin + paths.zoneTile('{z}', '{x}', '{y}') + filterQuery,
  }
}

function isSame(a: MapView, b: MapView): boolean {
  return (
    Math.abs(a.lat - b.lat) < SAME_DEGREES && Math.abs(a.lng - b.lng) < SAME_DEGREES && Math.abs(a.zoom - b.zoom) < 1e-3
  )
}
