import type { Feature } from 'geojson'
import type { GeoJSONSource } from 'maplibre-gl'
import { areaFromBounds } from '../map-area.ts'
import type { MapArea, MapPadding, MapRider, MapUnavailable, MapView, MapZone } from '../map-types.ts'
import { mapStyle, OWN_SOURCES, type MapStyleOptions, type OwnSource } from '../style/map-style.ts'
import { addImage } from './add-image.ts'
import { changedZones } from './changed-zones.ts'
import { createMap, type MapStart } from './create-map.ts'
import { pickAt } from './pick-zone.ts'
import { pulse } from './pulses.ts'
import { diffFeatures, outlineFeature, riderFeatures, zoneFeature } from './zone-features.ts'

export type EngineEvents = {
  onRest: (view: MapView, area: MapArea) => void
  onPick: (id: string | null) => void
  onLost: (reason: MapUnavailable) => void
  onRestored: () => void
}

/** A running map. Changes made before its style has loaded, or while WebGL is lost, are applied afterwards. */
export type MapEngine = {
  setStyle: (styleOptions: MapStyleOptions) => void
  setZones: (zones: readonly MapZone[], selectedId: string | null) => void
  setRider: (rider: MapRider | null) => void
  setPadding: (padding: MapPadding) => void
  setTitle: (title: string) => void
  goTo: (view: MapView) => void
  zoomBy: (steps: number) => void
  /** CSS pixels from the top left of the map. */
  project: (zone: { lat: number; lng: number }) => { x: number; y: number }
  remove: () => void
}

type Features = Map<string, Feature>

/** Throws if the browser has no WebGL 2. */
export function startEngine(start: MapStart, events: EngineEvents): MapEngine {
  const map = createMap(start)
  let fonts = start.styleOptions.fonts.join(',')
  map.setMissingStyleImageResolver((id) => addImage(map, id, fonts))

  let zones: readonly MapZone[] = []
  let rider: MapRider | null = null
  let selectedId: string | null = null
  let known = new Map<string, MapZone>()
  const shown: Record<'zones' | 'zone-outlines', Features> = { zones: new Map(), 'zone-outlines': new Map() }
  let ready = false
  let isRemoved = false

  const source = (id: OwnSource) => (ready ? map.getSource<GeoJSONSource>(id) : undefined)

  function show(id: 'zones' | 'zone-outlines', features: readonly (Feature | null)[]): void {
    const target = source(id)
    if (!target) return
    const next: Features = new Map(features.flatMap((one) => (one ? [[String(one.properties?.['id']), one]] : [])))
    const diff = diffFeatures(shown[id], next)
    shown[id] = next
    if (diff) void target.updateData(diff)
  }

  function showZones(): void {
    show(
      'zones',
      zones.map((zone) => zoneFeature(zone, selectedId)),
    )
    show(
      'zone-outlines',
      zones.map((zone) => outlineFeature(zone, selectedId)),
    )
  }

  function showRider(): void {
    void source('rider')?.setData(riderFeatures(rider))
  }

  map.on('style.load', () => {
    ready = true
    // After a style change the sources may hold old data, so they are cleared and filled again.
    for (const id of ['zones', 'zone-outlines'] as const) {
      shown[id] = new Map()
      void source(id)?.setData({ type: 'FeatureCollection', features: [] })
    }
    showZones()
    showRider()
  })
  map.on('moveend', () => rest())
  map.on('resize', () => rest())
  map.on('click', (event) => {
    const picked = pickAt(map, event.point)
    if (picked.kind !== 'cluster') return events.onPick(picked.kind === 'zone' ? picked.id : null)
    map.easeTo({ center: [picked.lng, picked.lat], zoom: map.getZoom() + 2 })
  })
  map.on('mousemove', (event) => {
    if (!ready || map.isMoving()) return
    map.getCanvas().style.cursor = pickAt(map, event.point).kind === 'nothing' ? '' : 'pointer'
  })
  map.on('webglcontextlost', () => {
    ready = false
    if (!isRemoved) events.onLost('context-lost')
  })
  map.on('webglcontextrestored', () => events.onRestored())

  function rest(): void {
    if (isRemoved) return
    const { lat, lng } = map.getCenter().wrap()
    const bounds = map.getBounds()
    const area = areaFromBounds(bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth())
    events.onRest({ lat, lng, zoom: map.getZoom() }, area)
  }
  queueMicrotask(rest)

  return {
    setStyle(next) {
      fonts = next.fonts.join(',')
      map.setStyle(mapStyle(next), { diff: true, transformStyle: keepOwnSources })
    },
    setZones(next, selected) {
      const changed = changedZones(known, next)
      zones = next
      selectedId = selected
      known = new Map(next.map((zone) => [zone.id, zone]))
      showZones()
      if (ready && changed.length > 0) pulse(map, changed)
    },
    setRider(next) {
      rider = next
      showRider()
    },
    setPadding(next) {
      const { bottom, left } = map.getPadding()
      if (bottom === next.bottom && left === next.left) return
      map.easeTo({ padding: { top: 0, right: 0, ...next }, duration: 220 })
    },
    setTitle(next) {
      map.getCanvas().setAttribute('aria-label', next)
    },
    goTo(next) {
      map.flyTo({ center: [next.lng, next.lat], zoom: next.zoom, maxDuration: 2500 })
    },
    zoomBy(steps) {
      map.easeTo({ zoom: map.getZoom() + steps, duration: 250 })
    },
    project({ lat, lng }) {
      const { x, y } = map.project([lng, lat])
      return { x, y }
    },
    remove() {
      isRemoved = true
      map.remove()
    },
  }
}

type StyleOf = ReturnType<typeof mapStyle>

/** Keeps the data of the page's own sources when the style changes. */
function keepOwnSources(previous: StyleOf | undefined, next: StyleOf): StyleOf {
  if (!previous) return next
  const kept = OWN_SOURCES.flatMap((id) => {
    const own = previous.sources[id]
    return own ? [[id, own] as const] : []
  })
  return { ...next, sources: { ...next.sources, ...Object.fromEntries(kept) } }
}
